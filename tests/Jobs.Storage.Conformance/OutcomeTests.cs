using System.Text;
using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Outcomes: what each way to end an attempt does to the job, its count of attempts and its history.</summary>
public abstract class OutcomeTests : StorageTests
{
    [Fact]
    public async Task A_completed_job_has_its_result_and_its_run()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync("w");
        var claimed = await worker.ClaimOneAsync();
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        var before = await Harness.GetNowAsync();
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed, Json("{\"messageId\":\"42\"}")));
        var after = await Harness.GetNowAsync();

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Completed, job.Status);
        Assert.Equal(1, job.Attempt);
        Assert.Equal("42", job.ResultJson!.Value.GetProperty("messageId").GetString());
        AssertBetween(before, after, job.CompletedAt);
        AssertBetween(before, after, job.UpdatedAt);
        AssertBetween(claimed.ClaimedAt, claimed.ClaimedAt, job.StartedAt);
        Assert.Null(job.NextAttemptAt);
        Assert.Null(job.LockedAt);
        Assert.Null(job.LockedBy);
        Assert.Null(job.Error);
        Assert.Equal(FailureReason.None, job.FailureReason);
        var run = Assert.Single(job.Attempts);
        Assert.Equal((1, "w", FailureReason.None), (run.Number, run.Worker, run.Reason));
        Assert.Null(run.ErrorMessage);
        AssertBetween(claimed.ClaimedAt, claimed.ClaimedAt, run.StartedAt);
        AssertBetween(before, after, run.EndedAt);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"text\":\"žluťoučký 馬 🐎 \\u0000 \\\" '\"}")]
    [InlineData("[1,2.50,-3e10]")]
    public async Task A_result_comes_back_as_it_was(string json)
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync(), Json(json));

        Assert.Equal(json, (await GetAsync(id)).ResultJson!.Value.GetRawText());
    }

    [Fact]
    public async Task A_job_without_result_has_none()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Completed, job.Status);
        Assert.Null(job.ResultJson);
    }

    [Fact]
    public async Task A_result_of_a_mebibyte_is_kept_whole()
    {
        var result = Json("\"" + new string('y', (1024 * 1024) - 2) + "\"");
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync(), result);

        Assert.Equal(result, Encoding.UTF8.GetBytes((await GetAsync(id)).ResultJson!.Value.GetRawText()));
    }

    [Fact]
    public async Task A_retry_is_a_stored_due_time_and_counts()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync("w");
        var claimed = await worker.ClaimOneAsync();
        var before = await Harness.GetNowAsync();
        Assert.Equal(OutcomeDisposition.Stored, await worker.EndAsync(claimed, JobOutcomeKind.Retry, TimeSpan.FromHours(1), "Greylisted, ž."));
        var after = await Harness.GetNowAsync();

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Pending, job.Status);
        Assert.True(job.IsDelayed);
        Assert.Equal(1, job.Attempt);
        Assert.Equal("Greylisted, ž.", job.Error);
        Assert.Equal(FailureReason.HandlerError, job.FailureReason);
        AssertBetween(before.AddHours(1), after.AddHours(1), job.NextAttemptAt);
        AssertBetween(job.CreatedAt, job.CreatedAt, job.RunAt);
        AssertBetween(before, after, job.LastFailedAt);
        AssertBetween(before, after, job.LastRetriedAt);
        AssertBetween(before, after, job.UpdatedAt);
        Assert.Null(job.CompletedAt);
        Assert.Null(job.LockedBy);
        Assert.Null(job.LockedAt);
        var run = Assert.Single(job.Attempts);
        Assert.Equal((1, "w", FailureReason.HandlerError), (run.Number, run.Worker, run.Reason));
        Assert.Equal(("System.InvalidOperationException", "Greylisted, ž.", "at Handler"), (run.ErrorType, run.ErrorMessage, run.StackTrace));
        AssertBetween(before, after, run.EndedAt);

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(50));
        await worker.HeartbeatAsync();
        Assert.Empty(await worker.ClaimAsync());
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, (await worker.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task A_retry_without_delay_is_due_at_once()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry);

        Assert.False((await GetAsync(id)).IsDelayed);
        Assert.Equal((id, 2), (await worker.ClaimOneAsync()) is var claimed ? (claimed.Id, claimed.Attempt) : default);
    }

    [Fact]
    public async Task A_failed_job_keeps_its_error_and_all_its_runs()
    {
        var id = await InsertAsync();
        var (first, second) = (await StartWorkerAsync("first"), await StartWorkerAsync("second"));
        await first.EndAsync(await first.ClaimOneAsync(), JobOutcomeKind.Retry, error: "One.");
        var retriedAt = (await GetAsync(id)).LastRetriedAt;
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        var claimed = await second.ClaimOneAsync();
        var before = await Harness.GetNowAsync();
        var disposition = await second.EndAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Failed) with { Reason = FailureReason.Timeout, Error = new JobError(null, "Two.", null) });
        var after = await Harness.GetNowAsync();

        Assert.Equal(OutcomeDisposition.Stored, disposition);
        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Equal(2, job.Attempt);
        Assert.Equal("Two.", job.Error);
        Assert.Equal(FailureReason.Timeout, job.FailureReason);
        AssertBetween(before, after, job.CompletedAt);
        AssertBetween(before, after, job.LastFailedAt);
        Assert.Equal(retriedAt, job.LastRetriedAt);
        Assert.Null(job.NextAttemptAt);
        Assert.Null(job.LockedBy);
        Assert.Equal([(1, "first", "One.", FailureReason.HandlerError), (2, "second", "Two.", FailureReason.Timeout)], job.Attempts.Select(a => (a.Number, a.Worker, a.ErrorMessage!, a.Reason)));
        Assert.Null(job.Attempts[1].ErrorType);
        Assert.Null(job.Attempts[1].StackTrace);
        Assert.Empty(await first.ClaimAsync());
    }

    [Theory]
    [InlineData(FailureReason.HandlerError)]
    [InlineData(FailureReason.Timeout)]
    [InlineData(FailureReason.NoHandler)]
    [InlineData(FailureReason.InvalidPayload)]
    [InlineData(FailureReason.NonRetryable)]
    [InlineData(FailureReason.CompletionNotCommitted)]
    public async Task Every_reason_is_kept(FailureReason reason)
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(TestWorker.Outcome(await worker.ClaimOneAsync(), JobOutcomeKind.Failed) with { Reason = reason });

        var job = await GetAsync(id);
        Assert.Equal(reason, job.FailureReason);
        Assert.Equal(reason, job.Attempts.Single().Reason);
    }

    [Fact]
    public async Task Success_after_failures_leaves_no_error_but_the_history()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry);
        var failedAt = (await GetAsync(id)).LastFailedAt;
        await worker.CompleteAsync(await worker.ClaimOneAsync());

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Completed, job.Status);
        Assert.Equal(2, job.Attempt);
        Assert.Null(job.Error);
        Assert.Equal(FailureReason.None, job.FailureReason);
        Assert.Equal(failedAt, job.LastFailedAt);
        Assert.Equal([(1, FailureReason.HandlerError), (2, FailureReason.None)], job.Attempts.Select(a => (a.Number, a.Reason)));
        Assert.All(job.Attempts, a => Assert.NotNull(a.EndedAt));
    }

    [Fact]
    public async Task A_running_retry_keeps_the_error_of_the_run_before()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry, error: "Once.");
        await worker.ClaimOneAsync();

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Running, job.Status);
        Assert.Equal(2, job.Attempt);
        Assert.Equal("Once.", job.Error);
        Assert.Equal([1, 2], job.Attempts.Select(a => a.Number));
        Assert.Null(job.Attempts[1].EndedAt);
    }

    [Theory]
    [InlineData(JobOutcomeKind.Released)]
    [InlineData(JobOutcomeKind.Snoozed)]
    public async Task A_run_that_is_given_back_or_snoozed_does_not_count_but_is_in_the_history(JobOutcomeKind kind)
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync("w");
        var claimed = await worker.ClaimOneAsync();
        Assert.Equal(OutcomeDisposition.Stored, await worker.EndAsync(claimed, kind));

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Pending, job.Status);
        Assert.False(job.IsDelayed);
        Assert.Equal(0, job.Attempt);
        Assert.Null(job.LockedBy);
        Assert.Null(job.Error);
        Assert.Equal(FailureReason.None, job.FailureReason);
        Assert.Null(job.LastFailedAt);
        Assert.Null(job.LastRetriedAt);
        var run = Assert.Single(job.Attempts);
        Assert.Equal((1, "w", FailureReason.None), (run.Number, run.Worker, run.Reason));
        Assert.NotNull(run.EndedAt);

        var again = await worker.ClaimOneAsync();
        Assert.Equal((id, 1), (again.Id, again.Attempt));
        await worker.CompleteAsync(again);
        job = await GetAsync(id);
        Assert.Equal(1, job.Attempt);
        Assert.Equal([1, 1], job.Attempts.Select(a => a.Number));
    }

    [Theory]
    [InlineData(JobOutcomeKind.Released)]
    [InlineData(JobOutcomeKind.Snoozed)]
    public async Task A_job_may_be_put_off_without_counting(JobOutcomeKind kind)
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), kind, TimeSpan.FromHours(1));

        var job = await GetAsync(id);
        Assert.True(job.IsDelayed);
        Assert.Equal(0, job.Attempt);
        Assert.Empty(await worker.ClaimAsync());
        await Harness.AdvanceAsync(TimeSpan.FromHours(1));
        await worker.HeartbeatAsync();
        Assert.Equal(1, (await worker.ClaimOneAsync()).Attempt);
    }

    [Theory]
    [InlineData(JobOutcomeKind.Retry)]
    [InlineData(JobOutcomeKind.Released)]
    [InlineData(JobOutcomeKind.Snoozed)]
    public async Task Progress_belongs_to_one_run(JobOutcomeKind kind)
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await Storage.ReportProgressAsync([new(id, claimed.Lease, 60, "far")], Cancellation);
        await worker.EndAsync(claimed, kind);
        await worker.ClaimOneAsync();

        var job = await GetAsync(id);
        Assert.Null(job.Progress);
        Assert.Null(job.ProgressMessage);
    }

    [Fact]
    public async Task A_cancelled_run_cancels_the_job_and_counts()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var before = await Harness.GetNowAsync();
        Assert.Equal(OutcomeDisposition.Stored, await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Cancelled));
        var after = await Harness.GetNowAsync();

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Cancelled, job.Status);
        Assert.Equal(1, job.Attempt);
        Assert.Null(job.Error);
        AssertBetween(before, after, job.CompletedAt);
        Assert.Single(job.Attempts);
        Assert.Empty(await worker.ClaimAsync());
    }

    [Fact]
    public async Task Outcomes_and_the_next_claim_share_an_exchange()
    {
        var first = await InsertAsync();
        var second = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        var exchange = await worker.ExchangeAsync(1, [TestWorker.Outcome(claimed, JobOutcomeKind.Completed)]);

        Assert.Equal([OutcomeDisposition.Stored], exchange.Dispositions);
        Assert.Equal([second], exchange.Claimed.Select(c => c.Id));
        Assert.Equal(JobStatus.Completed, (await GetAsync(first)).Status);
        Assert.Equal(JobStatus.Running, (await GetAsync(second)).Status);
    }

    [Fact]
    public async Task An_exchange_without_room_only_stores_outcomes()
    {
        var first = await InsertAsync();
        var second = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());

        Assert.Equal(JobStatus.Completed, (await GetAsync(first)).Status);
        Assert.Equal(JobStatus.Pending, (await GetAsync(second)).Status);
    }

    [Fact]
    public async Task Many_unlike_outcomes_share_an_exchange()
    {
        var inserted = await InsertManyAsync([.. Enumerable.Range(0, 60).Select(_ => Job())]);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(60);
        var kinds = Enum.GetValues<JobOutcomeKind>();
        var exchange = await worker.ExchangeAsync(0, claimed.Select((c, i) => TestWorker.Outcome(c, kinds[i % kinds.Length], TimeSpan.FromHours(1 + (i % 3)), $"Error {i}") with { Result = Json($"{i}") }));

        Assert.All(exchange.Dispositions, d => Assert.Equal(OutcomeDisposition.Stored, d));
        for (var i = 0; i < inserted.Count; i++)
        {
            var job = await GetAsync(inserted[i].Id);
            var kind = kinds[i % kinds.Length];
            Assert.Equal(
                kind switch
                {
                    JobOutcomeKind.Completed => (JobStatus.Completed, 1, false),
                    JobOutcomeKind.Failed => (JobStatus.Failed, 1, false),
                    JobOutcomeKind.Cancelled => (JobStatus.Cancelled, 1, false),
                    JobOutcomeKind.Retry => (JobStatus.Pending, 1, true),

                    // There is no wait, so that it is over.
                    JobOutcomeKind.Waiting => (JobStatus.Pending, 0, false),
                    _ => (JobStatus.Pending, 0, true),
                },
                (job.Status, job.Attempt, job.IsDelayed));
            Assert.Equal(kind is JobOutcomeKind.Retry or JobOutcomeKind.Failed ? $"Error {i}" : null, job.Error);
            if (kind == JobOutcomeKind.Completed)
                Assert.Equal(i, job.ResultJson!.Value.GetInt32());
        }
    }

    [Fact]
    public async Task The_end_of_a_job_is_signalled()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        var signals = new SignalRecorder();
        using var subscription = Storage.Subscribe(signals);

        await worker.CompleteAsync(claimed);

        await signals.JobEnded.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Contains(signals.Ended, e => e is null || e == id);
    }

    [Fact]
    public async Task Ended_and_unknown_jobs_are_told_from_live_ones()
    {
        var pending = await InsertAsync();
        var delayed = await InsertAsync(delay: TimeSpan.FromHours(1));
        var completed = await InsertAsync(priority: 3);
        var failed = await InsertAsync(priority: 2);
        var running = await InsertAsync(priority: 1);
        var cancelled = await InsertAsync(delay: TimeSpan.FromHours(1));
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(3);
        await worker.CompleteAsync(claimed[0]);
        await worker.EndAsync(claimed[1], JobOutcomeKind.Failed);
        await Storage.CancelAsync(cancelled, Cancellation);
        var unknown = JobId.New();

        var ended = await Storage.GetEndedAsync([pending, delayed, completed, failed, running, cancelled, unknown], Cancellation);

        Assert.Equal(new[] { completed, failed, cancelled, unknown }.Order(), ended.Order());
        Assert.Empty(await Storage.GetEndedAsync([], Cancellation));
    }
}
