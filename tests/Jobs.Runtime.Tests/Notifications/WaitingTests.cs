using Jobs.InMemory;
using Jobs.Metadata;
using Xunit;

namespace Jobs.Runtime.Tests.Notifications;

public sealed class WaitingTests
{
    private static TestAssembly Jobs(JobDefaults? defaults = null) => new TestAssembly().Add<int, int>("job", static (input, context, _) => input < 0 ? throw context.Fail("negative") : new(input), defaults);

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        await using var host = await TestHost.StartAsync(Jobs());
        var handle = new JobHandle(JobId.New(), false, host.Services.GetService(typeof(global::Jobs.Hosting.JobsRuntime)) is global::Jobs.Hosting.JobsRuntime runtime ? runtime.Tracker : null!);
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await handle.GetStatusAsync());
        await Assert.ThrowsAsync<JobNotFoundException>(() => handle.WaitForCompletionAsync().SoonAsync());
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await handle.CancelAsync());
        Assert.Null(await host.Manager.GetAsync(handle.Id));
        Assert.False(await host.Manager.CancelAsync(handle.Id));
    }

    [Fact]
    public async Task Whoever_waits_in_the_same_process_gets_the_result_of_a_record_that_is_removed_at_once()
    {
        using var go = new SemaphoreSlim(0);
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", async (input, context, token) =>
        {
            await go.WaitAsync(token);
            return input < 0 ? throw context.Fail("negative") : input;
        }, new JobDefaults { RetainCompleted = "0s", RetainFailed = "0s" }));
        for (var i = 1; i < 500; i++)
        {
            var waiting = (await host.Client<int, int>("job").EnqueueAsync(i)).WaitForResultAsync();
            go.Release();
            Assert.Equal(i, await waiting.SoonAsync());
        }

        var failed = await host.Client<int, int>("job").EnqueueAsync(-1);
        var failing = failed.WaitForResultAsync();
        go.Release();
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => failing.SoonAsync());
        Assert.Equal((FailureReason.NonRetryable, "negative", 1), (failure.Reason, failure.Job.Error, failure.Job.Attempt));
        Assert.Null(await host.Manager.GetAsync(failed.Id));
    }

    [Fact]
    public async Task A_running_job_that_is_cancelled_and_removed_at_once_is_cancelled_for_its_waiter()
    {
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", async (_, _, _) => { started.SetResult(); await go.Task; return 1; }, new JobDefaults { RetainCompleted = "0s", RetainFailed = "0s" }));
        var handle = await host.Client<int, int>("job").EnqueueAsync(1);
        var waiting = handle.WaitForResultAsync();
        await started.SoonAsync();
        await handle.CancelAsync();
        go.SetResult();
        await Assert.ThrowsAsync<JobCancelledException>(() => waiting.SoonAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_result_crosses_from_one_host_to_another_with_signals_or_without(bool losesSignals)
    {
        var shared = new InMemoryStorage(TimeProvider.System, new InMemoryOptions());
        await using var worker = await TestHost.StartAsync(Jobs(), storage: new FaultyStorage(shared));
        await using var client = await TestHost.StartAsync(Jobs(), static jobs => jobs.ClientOnly().Worker(static worker => worker.PollInterval = TimeSpan.FromMilliseconds(20)), storage: new FaultyStorage(shared) { LosesSignals = losesSignals });
        Assert.Equal(6, await (await client.Client<int, int>("job").EnqueueAsync(6)).WaitForResultAsync().SoonAsync());
        var failure = await Assert.ThrowsAsync<JobFailedException>(async () => await (await client.Client<int, int>("job").EnqueueAsync(-6)).WaitForResultAsync().SoonAsync());
        Assert.Single(failure.Job.Attempts);
        Assert.Empty(client.Logs.Of(2));
    }

    [Fact]
    public async Task Many_wait_for_one_job_and_some_give_up()
    {
        var go = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", async (input, _, _) => { await go.Task; return input; }));
        var handle = await host.Client<int, int>("job").EnqueueAsync(2);
        using var impatient = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 50).Select(_ => handle.WaitForResultAsync()).ToList();
        var leaving = Enumerable.Range(0, 50).Select(_ => handle.WaitForResultAsync(impatient.Token)).ToList();
        await impatient.CancelAsync();
        foreach (var left in leaving)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.SoonAsync());
        }

        go.SetResult();
        Assert.All(await Task.WhenAll(waiting).SoonAsync(), static result => Assert.Equal(2, result));
    }

    [Fact]
    public async Task Disposing_the_host_ends_the_waiting()
    {
        var host = TestHost.Build([Jobs()]);
        var handle = await host.Client<int, int>("job").EnqueueAsync(1);
        var waiting = handle.WaitForResultAsync();
        await host.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.SoonAsync());
    }
}
