using Jobs.Metadata;
using Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Jobs.Runtime.Tests.Execution;

public sealed class OutcomeTests
{
    private static readonly JobDefaults _quick = new() { BackoffDelay = "0s" };

    [Fact]
    public async Task A_result_comes_back_with_its_type()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, string>("square", (input, _, _) => new($"{input * input}")));
        var handle = await host.Client<int, string>("square").EnqueueAsync(12);
        Assert.Equal("144", await handle.WaitForResultAsync().SoonAsync());
        var status = await handle.GetStatusAsync();
        Assert.Equal(JobStatus.Completed, status.Status);
        Assert.Equal("144", status.Result);
        Assert.Equal(1, status.Attempt);
    }

    [Fact]
    public async Task A_failing_handler_is_retried_until_its_attempts_are_used_up()
    {
        var attempts = new List<int>();
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("fails", (context, _) => { attempts.Add(context.Attempt); throw new InvalidOperationException("no luck"); }, _quick));
        var handle = await host.Client("fails").EnqueueAsync();
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => handle.WaitForCompletionAsync().SoonAsync());
        Assert.Equal([1, 2, 3], attempts);
        Assert.Equal(FailureReason.HandlerError, failure.Reason);
        Assert.Equal("no luck", failure.Job.Error);
        Assert.Equal(3, failure.Job.Attempts.Count);
        Assert.All(failure.Job.Attempts, static attempt => Assert.Equal("System.InvalidOperationException", attempt.ErrorType));
        Assert.Equal(2, host.Logs.Of(10).Count());
        Assert.Single(host.Logs.Of(11));
    }

    [Fact]
    public async Task Fail_ends_the_job_at_once()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("fails", (context, _) => throw context.Fail("the address is gone"), _quick));
        var job = await (await host.Client("fails").EnqueueAsync()).EndAsync();
        Assert.Equal((JobStatus.Failed, FailureReason.NonRetryable, 1, "the address is gone"), (job.Status, job.FailureReason, job.Attempt, job.Error));
    }

    [Fact]
    public async Task Snooze_comes_back_without_counting_the_attempt()
    {
        var runs = 0;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("later", (context, _) => runs++ < 5 ? throw context.Snooze("0s") : Task.CompletedTask, _quick));
        var job = await (await host.Client("later").EnqueueAsync()).EndAsync();
        Assert.Equal((JobStatus.Completed, 1, 6), (job.Status, job.Attempt, runs));
    }

    [Fact]
    public async Task RetryAfter_is_due_after_its_own_delay()
    {
        var time = new ManualTimeProvider();
        var runs = 0;
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("busy", (context, _) => runs++ == 0 ? throw context.RetryAfter("1h", "rate limited") : Task.CompletedTask), time: time);
        var handle = await host.Client("busy").EnqueueAsync();
        JobSnapshot? status = null;
        await TestHost.EventuallyAsync(() => (status = handle.GetStatusAsync().AsTask().Result) is { Status: JobStatus.Pending, Attempts.Count: 1 }, "the first attempt ends");
        Assert.Equal((JobStatus.Pending, "rate limited", FailureReason.HandlerError), (status!.Status, status.Error, status.FailureReason));
        Assert.Equal(time.GetUtcNow().AddHours(1), status.NextAttemptAt);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await handle.EndAsync()).Attempt);
    }

    [Fact]
    public async Task A_handler_that_throws_a_cancellation_of_its_own_has_failed()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("fails", (_, _) => throw new OperationCanceledException("mine"), _quick));
        var job = await (await host.Client("fails").EnqueueAsync()).EndAsync();
        Assert.Equal((JobStatus.Failed, FailureReason.HandlerError, 3), (job.Status, job.FailureReason, job.Attempt));
    }

    [Fact]
    public async Task A_null_result_fails_unless_the_result_type_allows_it()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly()
            .Add(TestJob.Of<int, string>("strict", (_, _, _) => new((string)null!), _quick))
            .Add(TestJob.Of<int, string>("lenient", (_, _, _) => new((string)null!), _quick, allowsNullResult: true)));
        var strict = await (await host.Client<int, string>("strict").EnqueueAsync(1)).EndAsync();
        Assert.Equal(JobStatus.Failed, strict.Status);
        Assert.Contains("returned null", strict.Error, StringComparison.Ordinal);
        Assert.Null(await (await host.Client<int, string>("lenient").EnqueueAsync(1)).WaitForResultAsync().SoonAsync());
    }

    [Fact]
    public async Task A_handler_that_cannot_be_built_fails_the_attempt_and_the_worker_lives_on()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly()
            .Add<int, int>("broken", static (_, context, _) => new(context.Services.GetRequiredService<Uri>().Port), _quick)
            .Add<int, int>("fine", static (input, _, _) => new(input)));
        var broken = await (await host.Client<int, int>("broken").EnqueueAsync(1)).EndAsync();
        Assert.Equal(FailureReason.HandlerError, broken.FailureReason);
        Assert.Equal(7, await (await host.Client<int, int>("fine").EnqueueAsync(7)).WaitForResultAsync().SoonAsync());
    }

    [Fact]
    public async Task An_exception_whose_own_code_throws_ends_the_attempt_all_the_same()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("vile", (_, _) => throw new VileException(), _quick));
        var job = await (await host.Client("vile").EnqueueAsync()).EndAsync();
        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Contains("cannot be read", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_beyond_the_limit_fails_for_good()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add<int, string>("long", (input, _, _) => new(new string('x', input)), _quick), static jobs => jobs.Limits(static limits => limits.MaxResultBytes = 100));
        Assert.Equal(98, (await (await host.Client<int, string>("long").EnqueueAsync(98)).WaitForResultAsync().SoonAsync()).Length);
        var job = await (await host.Client<int, string>("long").EnqueueAsync(99)).EndAsync();
        Assert.Equal((FailureReason.NonRetryable, 1), (job.FailureReason, job.Attempt));
        Assert.Contains("101 bytes as JSON; 100 are allowed", job.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completing_in_a_transaction_is_refused_where_the_storage_takes_no_part_in_any()
    {
        await using var host = await TestHost.StartAsync(new TestAssembly().Add("tx", async (context, token) => await context.CompleteAsync(null!, token), _quick));
        var job = await (await host.Client("tx").EnqueueAsync()).EndAsync();
        Assert.Equal(JobStatus.Failed, job.Status);
    }

    private sealed class VileException : Exception
    {
        public override string Message => throw new InvalidCastException("even this");
    }
}
