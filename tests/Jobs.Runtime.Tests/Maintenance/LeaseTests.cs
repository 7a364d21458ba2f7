using Jobs.Storage;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Maintenance;

public sealed class LeaseTests
{
    [Fact]
    public async Task Heartbeats_that_fail_for_longer_than_the_lease_cancel_the_handlers_and_drop_their_outcomes()
    {
        var time = new ManualTimeProvider();
        var started = new SemaphoreSlim(0);
        var cancelled = new TaskCompletionSource();
        var runs = 0;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", async (_, token) =>
        {
            started.Release();
            if (Interlocked.Increment(ref runs) == 1)
            {
                await Task.Delay(Timeout.Infinite, token).ContinueWith(static _ => { }, TaskScheduler.Default);
                cancelled.SetResult();
                token.ThrowIfCancellationRequested();
            }
        }), time: time);
        var handle = await host.Client("job").EnqueueAsync();
        Assert.True(await started.WaitAsync(TestHost.Limit));
        host.Storage.Before = static call => call is nameof(IJobStorage.HeartbeatAsync) or nameof(IJobStorage.MaintainAsync) ? throw new IOException("unreachable") : Task.CompletedTask;
        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => host.Logs.Of(22).Any(), "the lease runs out");
        Assert.NotEmpty(host.Logs.Of(21));
        await cancelled.SoonAsync();

        // Nobody took the job over, so it is given back, and runs again here once the storage answers.
        host.Storage.Before = null;
        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => Volatile.Read(ref runs) == 2, "the job runs again");
        var job = await handle.EndAsync();
        Assert.Equal((JobStatus.Completed, 1), (job.Status, job.Attempt));
        Assert.Equal(2, job.Attempts.Count);
    }

    [Fact]
    public async Task A_worker_that_was_declared_dead_cancels_its_handlers()
    {
        var time = new ManualTimeProvider();
        var started = new SemaphoreSlim(0);
        var runs = 0;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", (_, token) =>
        {
            started.Release();
            return Interlocked.Increment(ref runs) == 1 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        }), time: time);
        var handle = await host.Client("job").EnqueueAsync();
        Assert.True(await started.WaitAsync(TestHost.Limit));
        var id = Assert.Single(await host.Manager.ListWorkersAsync()).Id;
        await host.Storage.Inner.RetireWorkerAsync(id, default);
        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => Volatile.Read(ref runs) == 2, "the job runs again after the worker reported anew");
        Assert.Equal(1, (await handle.EndAsync()).Attempt);
    }

    [Fact]
    public async Task Progress_under_a_lease_that_is_lost_cancels_the_handler()
    {
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var runs = 0;
        var lost = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", async (context, token) =>
        {
            if (Interlocked.Increment(ref runs) > 1)
            {
                return;
            }

            started.SetResult();
            await go.Task;
            await context.ReportProgressAsync(10, cancellationToken: CancellationToken.None);
            using var registration = token.Register(lost.SetResult);
            await lost.Task;
        }));
        var handle = await host.Client("job").EnqueueAsync();
        await started.SoonAsync();
        await host.Storage.Inner.ReleaseUnknownAsync(Assert.Single(await host.Manager.ListWorkersAsync()).Id, [], default);
        go.SetResult();
        await lost.SoonAsync();
        Assert.Equal(JobStatus.Completed, (await handle.EndAsync()).Status);
    }

    [Fact]
    public async Task Maintenance_goes_on_until_there_is_nothing_left_and_survives_failures()
    {
        var time = new ManualTimeProvider();
        var rounds = 0;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", static (_, _) => Task.CompletedTask), time: time);
        host.Storage.Before = call => call == nameof(IJobStorage.MaintainAsync) && rounds == 0 && Interlocked.Increment(ref rounds) == 1 ? throw new IOException("down") : Task.CompletedTask;
        host.Storage.OnMaintained = report => report with { IsDone = Interlocked.Increment(ref rounds) > 5, TakenOver = rounds == 3 ? 2 : 0, Removed = rounds == 4 ? 1 : 0 };
        await TestHost.AdvanceUntilAsync(time, TimeSpan.FromSeconds(1), () => Volatile.Read(ref rounds) == 6, "all rounds are done");
        Assert.Single(host.Logs.Of(26));
        Assert.Single(host.Logs.Of(27));
        Assert.Single(host.Logs.Of(28));
    }
}
