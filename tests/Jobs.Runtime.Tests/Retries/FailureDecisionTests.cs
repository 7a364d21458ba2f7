using Jobs.Metadata;
using Xunit;

namespace Jobs.Runtime.Tests.Retries;

/// <summary>What the application decides about failed attempts.</summary>
public sealed class FailureDecisionTests
{
    [Fact]
    public async Task A_job_whose_exception_says_so_fails_for_good_at_once()
    {
        await using var host = await StartAsync(failed => failed.Exception is FormatException ? RetryDecision.Stop : RetryDecision.Default);
        var job = await (await host.Client("job").EnqueueAsync()).EndAsync();

        Assert.Equal((JobStatus.Failed, FailureReason.NonRetryable, 1, "No."), (job.Status, job.FailureReason, job.Attempt, job.Error));
    }

    [Fact]
    public async Task A_delay_takes_the_place_of_the_backoff_and_the_last_attempt_stays_the_last()
    {
        var seen = new List<(string Name, int Attempt, int Max)>();
        await using var host = await StartAsync(failed =>
        {
            seen.Add((failed.JobName, failed.Attempt, failed.MaxAttempts));
            return RetryDecision.Now;
        });
        var job = await (await host.Client("job").EnqueueAsync()).EndAsync();

        Assert.Equal((JobStatus.Failed, FailureReason.HandlerError, 3), (job.Status, job.FailureReason, job.Attempt));
        Assert.Equal([("job", 1, 3), ("job", 2, 3), ("job", 3, 3)], seen);
    }

    [Fact]
    public async Task A_time_is_kept()
    {
        await using var host = await StartAsync(_ => RetryDecision.After("2h"));
        var handle = await host.Client("job").EnqueueAsync();
        await TestHost.EventuallyAsync(() => handle.GetStatusAsync().AsTask().Result is { Status: JobStatus.Pending, Attempt: 1 }, "the first attempt fails");
        var job = await handle.GetStatusAsync();

        Assert.InRange(job.NextAttemptAt!.Value - job.LastRetriedAt!.Value, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2.1));
    }

    [Fact]
    public async Task The_first_decision_counts_and_a_callback_that_throws_is_passed_over()
    {
        await using var host = await StartAsync(_ => throw new InvalidOperationException("Broken."), _ => RetryDecision.Default, _ => RetryDecision.Stop, _ => RetryDecision.Now);
        var job = await (await host.Client("job").EnqueueAsync()).EndAsync();

        Assert.Equal(FailureReason.NonRetryable, job.FailureReason);
        Assert.Single(host.Logs.Of(34));
    }

    private static Task<TestHost> StartAsync(params Func<FailedAttempt, RetryDecision>[] callbacks) => TestHost.StartAsync(
        new TestAssembly().Add("job", static (_, _) => throw new FormatException("No."), new JobDefaults { MaxAttempts = 3, BackoffDelay = "1h" }),
        jobs =>
        {
            foreach (var callback in callbacks)
            {
                jobs.OnFailure(callback);
            }
        });
}
