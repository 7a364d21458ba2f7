using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Storage;
using Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Jobs.Runtime.Tests.Hosting;

public sealed class LifetimeTests
{
    private static TestAssembly Echo => new TestAssembly().Add<int, int>("job", static (input, _, _) => new(input));

    [Fact]
    public async Task Claiming_begins_when_the_application_has_started()
    {
        var slow = new SlowService();
        await using var host = TestHost.Build([Echo], services: services => services.AddSingleton<IHostedService>(slow));
        var handle = await host.Client<int, int>("job").EnqueueAsync(1);
        var starting = host.Host.StartAsync();
        await TestHost.EventuallyAsync(() => host.Storage.Calls.ContainsKey(nameof(IJobStorage.HeartbeatAsync)), "the worker reports");
        Assert.False(host.Storage.Calls.ContainsKey(nameof(IJobStorage.ExchangeAsync)));
        slow.Go.SetResult();
        await starting.SoonAsync();
        Assert.Equal(1, await handle.WaitForResultAsync().SoonAsync());
    }

    [Fact]
    public async Task A_stop_lets_running_jobs_finish_and_claims_no_more()
    {
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int>("job", (_, _, _) => { started.TrySetResult(); return go.Task; }), static jobs => jobs.Worker(static worker => worker.Concurrency = 1));
        var running = await host.Client<int>("job").EnqueueAsync(1);
        await started.SoonAsync();
        var waiting = await host.Client<int>("job").EnqueueAsync(2);
        var stopping = host.Host.StopAsync();
        await TestHost.EventuallyAsync(() => host.Logs.Of(3).Any(), "the worker drains");
        go.SetResult();
        await stopping.SoonAsync();
        Assert.Equal(JobStatus.Completed, (await running.GetStatusAsync()).Status);
        Assert.Equal((JobStatus.Pending, 0), ((await waiting.GetStatusAsync()).Status, (await waiting.GetStatusAsync()).Attempt));
        Assert.Empty(await host.Storage.Inner.ListWorkersAsync(default));
        Assert.Single(host.Logs.Of(4));
        Assert.Empty(host.Logs.Of(5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_drain_that_takes_too_long_cancels_and_gives_back_with_the_attempt_refunded(bool throwsSomethingElse)
    {
        var started = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("job", async (_, token) =>
            {
                started.TrySetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                catch (OperationCanceledException) when (throwsSomethingElse)
                {
                    throw new IOException("the command was interrupted");
                }
            }, new JobDefaults { MaxAttempts = 1 }),
            static jobs => jobs.Worker(static worker => worker.ShutdownGrace = TimeSpan.FromMilliseconds(1)));
        var handle = await host.Client("job").EnqueueAsync();
        await started.SoonAsync();
        await host.Host.StopAsync().SoonAsync();
        var status = await handle.GetStatusAsync();
        Assert.Equal((JobStatus.Pending, 0, 1), (status.Status, status.Attempt, status.Attempts.Count));
        Assert.Single(host.Logs.Of(5));
    }

    [Fact]
    public async Task A_handler_that_will_not_stop_loses_its_job_to_the_others_at_once()
    {
        var time = new ManualTimeProvider();
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var host = await TestHost.StartAsync(new TestAssembly().Add("job", (_, _) => { started.TrySetResult(); return go.Task; }), time: time);
        var handle = await host.Client("job").EnqueueAsync();
        await started.SoonAsync();
        var stopping = host.Host.StopAsync();
        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => stopping.IsCompleted, "the stop ends");
        Assert.Equal(JobStatus.Pending, (await host.Storage.Inner.GetAsync(handle.Id, JobParts.None, default))!.Status);
        go.SetResult();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_host_that_is_disposed_without_a_stop_gives_its_jobs_back()
    {
        var started = new TaskCompletionSource();
        var host = await TestHost.StartAsync(new TestAssembly().Add("job", (_, token) => { started.TrySetResult(); return Task.Delay(Timeout.Infinite, token); }));
        var handle = await host.Client("job").EnqueueAsync();
        await started.SoonAsync();
        await host.DisposeAsync().AsTask().SoonAsync();
        Assert.Equal(JobStatus.Pending, (await host.Storage.Inner.GetAsync(handle.Id, JobParts.None, default))!.Status);
        Assert.True(host.Storage.IsDisposed);
    }

    [Fact]
    public async Task A_container_can_be_disposed_synchronously()
    {
        var services = new ServiceCollection();
        JobsServices.AddJobs(services, [Echo], static jobs => jobs.UseInMemory());
        var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            await hosted.StartAsync(default);
            await ((IHostedLifecycleService)hosted).StartedAsync(default);
        }

        Assert.Equal(5, await (await provider.GetRequiredKeyedService<IJobClient<int, int>>("job").EnqueueAsync(5)).WaitForResultAsync().SoonAsync());
        provider.Dispose();
    }

    [Fact]
    public async Task A_start_that_fails_half_way_can_be_disposed()
    {
        var host = TestHost.Build([Echo]);
        host.Storage.Before = static call => call == nameof(IJobStorage.HeartbeatAsync) ? throw new IOException("down") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => host.Host.StartAsync());
        await host.DisposeAsync().AsTask().SoonAsync();
        Assert.True(host.Storage.IsDisposed);
    }

    [Fact]
    public async Task A_storage_that_could_not_be_readied_is_tried_again_by_whoever_asks_next()
    {
        await using var host = TestHost.Build([Echo], static jobs => jobs.ClientOnly());
        host.Storage.Before = static call => call == nameof(IJobStorage.InitializeAsync) ? throw new IOException("down") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(async () => await host.Client<int, int>("job").EnqueueAsync(1));
        host.Storage.Before = null;
        await host.Client<int, int>("job").EnqueueAsync(1);
        Assert.Equal(2, host.Storage.Calls[nameof(IJobStorage.InitializeAsync)]);
    }

    [Fact]
    public async Task A_client_only_process_runs_nothing_and_is_no_worker()
    {
        await using var host = await TestHost.StartAsync(Echo, static jobs => jobs.ClientOnly());
        await host.Client<int, int>("job").EnqueueAsync(1);
        Assert.Empty(await host.Manager.ListWorkersAsync());
        Assert.False(host.Storage.Calls.ContainsKey(nameof(IJobStorage.ExchangeAsync)));
    }

    [Fact]
    public async Task Two_hosts_in_one_process_do_not_see_each_other()
    {
        await using var first = await TestHost.StartAsync(Echo);
        await using var second = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", static (input, _, _) => new(-input)));
        Assert.Equal(1, await (await first.Client<int, int>("job").EnqueueAsync(1)).WaitForResultAsync().SoonAsync());
        var handle = await second.Client<int, int>("job").EnqueueAsync(1);
        Assert.Equal(-1, await handle.WaitForResultAsync().SoonAsync());
        Assert.Null(await first.Manager.GetAsync(handle.Id));
        Assert.Single(await first.Manager.ListWorkersAsync());
    }

    [Fact]
    public async Task Calls_of_AddJobs_add_up()
    {
        var services = new ServiceCollection();
        var assembly = Echo;
        JobsServices.AddJobs(services, [assembly], static jobs => jobs.UseInMemory());
        JobsServices.AddJobs(services, [assembly, new OtherTestAssembly().Add<int, int>("other", static (input, _, _) => new(input))], static jobs => jobs.Worker(static worker => worker.Concurrency = 5));
        await using var provider = services.BuildServiceProvider();
        Assert.Equal(["job", "other"], provider.GetRequiredService<IJobRegistry>().Jobs.Select(static job => job.Name));
        Assert.Equal(5, provider.GetRequiredService<JobsSettings>().Worker.Concurrency);
        Assert.Single(provider.GetServices<IHostedService>());
    }

    [Fact]
    public void A_second_storage_is_refused()
    {
        var refusal = Assert.Throws<JobException>(static () => JobsServices.AddJobs(new ServiceCollection(), [], static jobs => jobs.UseInMemory().UseInMemory()));
        Assert.Equal("A storage is already set: call only one of UseInMemory, UseSqlite and UsePostgreSql.", refusal.Message);
    }

    private sealed class SlowService : IHostedService
    {
        public TaskCompletionSource Go { get; } = new();

        public Task StartAsync(CancellationToken cancellationToken) => Go.Task;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
