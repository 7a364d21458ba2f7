using Jobs.Metadata;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

public sealed class CancellationTests
{
    [Fact]
    public async Task A_waiting_job_is_cancelled_at_once()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", (_, _) => Task.CompletedTask));
        var handle = await host.Client("job").EnqueueAsync(new() { Delay = "1h" });
        Assert.True(await handle.CancelAsync());
        await Assert.ThrowsAsync<JobCancelledException>(() => handle.WaitForCompletionAsync().SoonAsync());
        Assert.False(await handle.CancelAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_running_job_is_cancelled_through_its_token_with_a_signal_or_without(bool losesSignals)
    {
        var started = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", (_, token) =>
        {
            started.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        }));
        var handle = await host.Client("job").EnqueueAsync();
        await started.SoonAsync();
        host.Storage.LosesSignals = losesSignals;
        Assert.True(await handle.CancelAsync());
        Assert.Equal(JobStatus.Cancelled, (await handle.EndAsync()).Status);
        await TestHost.EventuallyAsync(() => host.Logs.Of(12).Any(), "the log says so");
    }

    [Fact]
    public async Task A_handler_that_finishes_after_the_cancel_was_asked_for_is_cancelled_all_the_same()
    {
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", (_, _) =>
        {
            started.SetResult();
            return go.Task;
        }));
        var handle = await host.Client("job").EnqueueAsync();
        await started.SoonAsync();
        Assert.True(await handle.CancelAsync());
        go.SetResult();
        await Assert.ThrowsAsync<JobCancelledException>(() => handle.WaitForCompletionAsync().SoonAsync());
    }

    [Fact]
    public async Task An_attempt_that_outlives_its_timeout_is_cancelled_and_retried()
    {
        var time = new ManualTimeProvider();
        var started = new SemaphoreSlim(0);
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("slow", (_, token) => { started.Release(); return Task.Delay(Timeout.Infinite, token); }, new JobDefaults { Timeout = "30s", MaxAttempts = 2, BackoffDelay = "0s" }),
            time: time);
        var handle = await host.Client("slow").EnqueueAsync();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            Assert.True(await started.WaitAsync(TestHost.Limit));
            time.Advance(TimeSpan.FromSeconds(30));
        }

        var job = await handle.EndAsync();
        Assert.Equal((JobStatus.Failed, FailureReason.Timeout, 2), (job.Status, job.FailureReason, job.Attempt));
        Assert.Equal("The attempt ran longer than its timeout of 00:00:30.", job.Error);
    }

    [Fact]
    public async Task A_timeout_longer_than_a_timer_can_be_is_taken_as_it_is()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, int>("job", (input, _, _) => new(input)));
        var handle = await host.Client<int, int>("job").EnqueueAsync(1, new() { Timeout = TimeSpan.FromDays(10_000) });
        Assert.Equal(1, await handle.WaitForResultAsync().SoonAsync());
    }

    [Fact]
    public async Task ExtendTimeout_moves_the_deadline()
    {
        var time = new ManualTimeProvider();
        var started = new TaskCompletionSource();
        var token = CancellationToken.None;
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("slow", (context, cancellationToken) =>
            {
                token = cancellationToken;
                context.ExtendTimeout("30s");
                started.SetResult();
                return Task.Delay(Timeout.Infinite, cancellationToken);
            }, new JobDefaults { Timeout = "30s", MaxAttempts = 1 }),
            time: time);
        var handle = await host.Client("slow").EnqueueAsync();
        await started.SoonAsync();
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(token.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FailureReason.Timeout, (await handle.EndAsync()).FailureReason);
    }

    [Fact]
    public async Task A_callback_on_the_token_that_throws_is_logged_and_harms_nothing()
    {
        var started = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("job", (_, token) =>
        {
            token.Register(static () => throw new InvalidOperationException("callback"));
            started.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        }));
        var handle = await host.Client("job").EnqueueAsync();
        await started.SoonAsync();
        await handle.CancelAsync();
        Assert.Equal(JobStatus.Cancelled, (await handle.EndAsync()).Status);
        await TestHost.EventuallyAsync(() => host.Logs.Of(32).Any(), "the callback's exception is logged");
    }
}
