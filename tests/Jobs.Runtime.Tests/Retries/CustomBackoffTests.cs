using Jobs.Metadata;
using Xunit;

namespace Jobs.Runtime.Tests.Retries;

/// <summary>A backoff that the application computes.</summary>
public sealed class CustomBackoffTests
{
    [Fact]
    public async Task It_sees_the_attempt_and_the_exception_and_its_delay_is_kept()
    {
        var seen = new List<(string Name, int Attempt, string Error)>();
        var job = await RunAsync(failed =>
        {
            seen.Add((failed.JobName, failed.Attempt, failed.Exception.Message));
            return TimeSpan.FromHours(7 * failed.Attempt);
        });

        Assert.Equal([("job", 1, "No.")], seen);
        Assert.InRange(job.NextAttemptAt!.Value - job.LastRetriedAt!.Value, TimeSpan.FromHours(6.9), TimeSpan.FromHours(7.1));
    }

    [Fact]
    public async Task What_OnFailure_decides_comes_before_it()
    {
        var job = await RunAsync(_ => "7h", jobs => jobs.OnFailure(_ => RetryDecision.After("2h")));

        Assert.InRange(job.NextAttemptAt!.Value - job.LastRetriedAt!.Value, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2.1));
    }

    [Fact]
    public async Task When_it_throws_the_policy_decides()
    {
        LogSink? logs = null;
        var job = await RunAsync(_ => throw new InvalidOperationException("Broken."), onHost: host => logs = host.Logs);

        Assert.InRange(job.NextAttemptAt!.Value - job.LastRetriedAt!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.Single(logs!.Of(70));
    }

    [Fact]
    public async Task A_timeout_is_asked_about_as_one()
    {
        Exception? seen = null;
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("job", static (_, token) => Task.Delay(Timeout.Infinite, token), new JobDefaults { MaxAttempts = 3, Timeout = "20ms" }),
            jobs => jobs.Job("job", j => j.Backoff = failed =>
            {
                seen = failed.Exception;
                return "7h";
            }));
        var handle = await host.Client("job").EnqueueAsync();
        await TestHost.EventuallyAsync(() => handle.GetStatusAsync().AsTask().Result is { Status: JobStatus.Pending, Attempt: 1 }, "the first attempt times out");

        Assert.IsType<TimeoutException>(seen);
    }

    private static async Task<JobSnapshot> RunAsync(Func<FailedAttempt, JobDuration> backoff, Action<JobsBuilder>? configure = null, Action<TestHost>? onHost = null)
    {
        await using var host = await TestHost.StartAsync(
            new TestAssembly().Add("job", static (_, _) => throw new FormatException("No."), new JobDefaults { MaxAttempts = 3, BackoffDelay = "1h", Jitter = 0 }),
            jobs =>
            {
                jobs.Job("job", j => j.Backoff = backoff);
                configure?.Invoke(jobs);
            });
        onHost?.Invoke(host);
        var handle = await host.Client("job").EnqueueAsync();
        await TestHost.EventuallyAsync(() => handle.GetStatusAsync().AsTask().Result is { Status: JobStatus.Pending, Attempt: 1 }, "the first attempt fails");
        return await handle.GetStatusAsync();
    }
}
