using Jobs.Metadata;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

public sealed class AbandonedHandlerTests
{
    [Fact]
    public async Task A_handler_that_ignores_its_token_loses_its_slot_and_is_fenced_off()
    {
        var time = new ManualTimeProvider();
        var started = new TaskCompletionSource<JobContext>();
        var go = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(
            new TestAssembly()
                .Add("deaf", (context, _) => { started.TrySetResult(context); return go.Task; }, new JobDefaults { MaxAttempts = 1, Timeout = "10s" })
                .Add<int, int>("other", (input, _, _) => new(input)),
            static jobs => jobs.Worker(static worker => (worker.Concurrency, worker.AbandonGrace) = (2, TimeSpan.FromSeconds(5))),
            time: time);
        var handle = await host.Client("deaf").EnqueueAsync();
        var context = await started.Task.SoonAsync();
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(host.Logs.Of(14));
        time.Advance(TimeSpan.FromSeconds(5));
        var job = await handle.EndAsync();
        Assert.Equal((JobStatus.Failed, FailureReason.Timeout), (job.Status, job.FailureReason));
        Assert.Single(host.Logs.Of(14));
        await Assert.ThrowsAsync<JobLeaseLostException>(async () => await context.ReportProgressAsync(50));

        go.SetResult();
        await TestHost.EventuallyAsync(() => host.Logs.Of(15).Any(), "the abandoned handler's end is logged");
        Assert.Equal(JobStatus.Failed, (await handle.GetStatusAsync()).Status);
        Assert.Equal(5, await (await host.Client<int, int>("other").EnqueueAsync(5)).WaitForResultAsync().SoonAsync());
    }

    [Fact]
    public async Task A_worker_with_as_many_abandoned_handlers_as_slots_stops_claiming_and_resumes_when_one_ends()
    {
        var time = new ManualTimeProvider();
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(
            new TestAssembly()
                .Add("deaf", (_, _) => { started.TrySetResult(); return go.Task; })
                .Add<int, int>("other", (input, _, _) => new(input)),
            static jobs => jobs.Worker(static worker => worker.Concurrency = 1),
            time: time);
        var deaf = await host.Client("deaf").EnqueueAsync();
        await started.SoonAsync();
        await deaf.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(JobStatus.Cancelled, (await deaf.EndAsync()).Status);
        Assert.Single(host.Logs.Of(16));

        var other = await host.Client<int, int>("other").EnqueueAsync(3);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(JobStatus.Pending, (await other.GetStatusAsync()).Status);
        go.SetResult();
        Assert.Equal(3, await other.WaitForResultAsync().SoonAsync());
    }
}
