using Jobs.Metadata;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

/// <summary>An attempt that reports no progress for too long.</summary>
public sealed class ProgressTimeoutTests
{
    [Fact]
    public async Task An_attempt_without_progress_for_too_long_fails_as_a_timeout_and_is_retried()
    {
        var time = new ManualTimeProvider();
        var started = new SemaphoreSlim(0);
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("stuck", (_, token) => { started.Release(); return Task.Delay(Timeout.Infinite, token); }, new JobDefaults { ProgressTimeout = "10s", MaxAttempts = 2, BackoffDelay = "0s" }),
            time: time);
        var handle = await host.Client("stuck").EnqueueAsync();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            Assert.True(await started.WaitAsync(TestHost.Limit));
            time.Advance(TimeSpan.FromSeconds(10));
        }

        var job = await handle.EndAsync();
        Assert.Equal((JobStatus.Failed, FailureReason.Timeout, 2), (job.Status, job.FailureReason, job.Attempt));
        Assert.Equal("The attempt reported no progress for 00:00:10.", job.Error);
    }

    [Fact]
    public async Task Progress_keeps_an_attempt_alive()
    {
        var time = new ManualTimeProvider();
        var steps = new SemaphoreSlim(0);
        var reported = new SemaphoreSlim(0);
        var token = CancellationToken.None;
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("slow", async (context, cancellationToken) =>
            {
                token = cancellationToken;
                for (var step = 0; step < 5; step++)
                {
                    await context.ReportProgressAsync(step * 10, cancellationToken: cancellationToken);
                    reported.Release();
                    await steps.WaitAsync(cancellationToken);
                }
            }, new JobDefaults { ProgressTimeout = "10s", MaxAttempts = 1 }),
            time: time);
        var handle = await host.Client("slow").EnqueueAsync();
        for (var step = 0; step < 5; step++)
        {
            Assert.True(await reported.WaitAsync(TestHost.Limit));
            time.Advance(TimeSpan.FromSeconds(9));
            Assert.False(token.IsCancellationRequested);
            steps.Release();
        }

        Assert.Equal(JobStatus.Completed, (await handle.EndAsync()).Status);
    }

    [Fact]
    public async Task The_timeout_of_the_whole_attempt_holds_all_the_same()
    {
        var time = new ManualTimeProvider();
        var started = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("slow", async (context, token) =>
            {
                await context.ReportProgressAsync(1, cancellationToken: token);
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }, new JobDefaults { Timeout = "5s", ProgressTimeout = "10s", MaxAttempts = 1 }),
            time: time);
        var handle = await host.Client("slow").EnqueueAsync();
        await started.SoonAsync();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("The attempt ran longer than its timeout of 00:00:05.", (await handle.EndAsync()).Error);
    }

    [Fact]
    public void A_progress_timeout_must_be_a_duration_above_zero()
    {
        var host = TestHost.Build([new TestAssembly().Add("job", static (_, _) => Task.CompletedTask, new JobDefaults { ProgressTimeout = "0s" })]);
        Assert.Contains("ProgressTimeout", Assert.Throws<JobException>(() => host.Registry).Message, StringComparison.Ordinal);
    }
}
