using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Cancelling: at once while a job waits, by a flag while it runs, and the flag beats every later end.</summary>
public abstract class CancellingTests : StorageTests
{
    /// <summary>All ways for an attempt to end.</summary>
    public static TheoryData<JobOutcomeKind> Kinds => [.. Enum.GetValues<JobOutcomeKind>()];

    [Fact]
    public async Task A_ready_job_is_cancelled_at_once()
    {
        var id = await InsertAsync();
        var before = await Harness.GetNowAsync();
        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(id));
        var after = await Harness.GetNowAsync();

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Cancelled, job.Status);
        Assert.Equal(0, job.Attempt);
        Assert.Empty(job.Attempts);
        AssertBetween(before, after, job.CompletedAt);
        AssertBetween(before, after, job.LastCancelledAt);
        Assert.Null(job.NextAttemptAt);
        Assert.False(job.IsDelayed);
        Assert.Empty(await (await StartWorkerAsync()).ClaimAsync(10));
    }

    [Fact]
    public async Task A_scheduled_job_is_cancelled_at_once_and_never_becomes_due()
    {
        var kept = await InsertAsync(delay: TimeSpan.FromHours(2));
        var id = await InsertAsync(delay: TimeSpan.FromHours(1));
        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(id));

        await Harness.AdvanceAsync(TimeSpan.FromHours(3));
        Assert.Equal([kept], (await (await StartWorkerAsync()).ClaimAsync(10)).Select(c => c.Id));
    }

    [Fact]
    public async Task A_job_that_waits_for_its_retry_is_cancelled_at_once()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry, TimeSpan.FromHours(1));

        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(id));
        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Cancelled, job.Status);
        Assert.Equal(1, job.Attempt);
        Assert.Null(job.Error);
        Assert.Equal(FailureReason.None, job.FailureReason);
        Assert.Single(job.Attempts);
    }

    [Fact]
    public async Task A_running_job_is_asked_to_stop_and_its_worker_is_told()
    {
        var id = await InsertAsync();
        await InsertAsync();
        var (worker, other) = (await StartWorkerAsync("w"), await StartWorkerAsync("other"));
        await worker.ClaimOneAsync();
        await other.ClaimOneAsync();
        Assert.Empty(await Storage.GetCancelRequestsAsync("w", Cancellation));
        var signals = new SignalRecorder();
        using var subscription = Storage.Subscribe(signals);

        var before = await Harness.GetNowAsync();
        Assert.Equal(CancelOutcome.Requested, await CancelAsync(id));
        var after = await Harness.GetNowAsync();

        await signals.CancelRequested.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Contains(id, signals.CancelRequests);
        Assert.Equal([id], await Storage.GetCancelRequestsAsync("w", Cancellation));
        Assert.Empty(await Storage.GetCancelRequestsAsync("other", Cancellation));
        Assert.Empty(await Storage.GetCancelRequestsAsync("nobody", Cancellation));
        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Running, job.Status);
        AssertBetween(before, after, job.LastCancelledAt);
        Assert.Equal(CancelOutcome.Requested, await CancelAsync(id));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Once_asked_for_any_end_of_the_attempt_is_cancelled(JobOutcomeKind kind)
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await CancelAsync(id);

        var disposition = await worker.EndAsync(TestWorker.Outcome(claimed, kind, TimeSpan.FromHours(1)) with { Result = Json("1") });

        if (kind == JobOutcomeKind.Cancelled)
            Assert.NotEqual(OutcomeDisposition.Rejected, disposition);
        else
            Assert.Equal(OutcomeDisposition.Cancelled, disposition);

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Cancelled, job.Status);
        Assert.Null(job.ResultJson);
        Assert.Null(job.Error);
        Assert.Equal(FailureReason.None, job.FailureReason);
        Assert.Null(job.NextAttemptAt);
        Assert.Null(job.LockedBy);
        Assert.NotNull(job.CompletedAt);
        Assert.NotNull(Assert.Single(job.Attempts).EndedAt);
        Assert.Empty(await Storage.GetCancelRequestsAsync(worker.Id, Cancellation));
        Assert.False(await Storage.WasCompletedAsync(id, claimed.Lease, Cancellation));
        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        await worker.HeartbeatAsync();
        Assert.Empty(await worker.ClaimAsync());
    }

    [Fact]
    public async Task A_stale_outcome_of_a_flagged_job_is_rejected()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await CancelAsync(id);

        Assert.Equal(OutcomeDisposition.Rejected, await worker.EndAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Cancelled) with { Lease = claimed.Lease with { Nonce = ~claimed.Lease.Nonce } }));
        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task A_result_that_was_stored_first_wins()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync(), Json("1"));

        Assert.Equal(CancelOutcome.AlreadyEnded, await CancelAsync(id));
        Assert.Equal(JobStatus.Completed, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task Failed_and_cancelled_jobs_have_already_ended()
    {
        var cancelled = await InsertAsync();
        await CancelAsync(cancelled);
        var failed = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);

        Assert.Equal(CancelOutcome.AlreadyEnded, await CancelAsync(cancelled));
        Assert.Equal(CancelOutcome.AlreadyEnded, await CancelAsync(failed));
        Assert.Equal(JobStatus.Failed, (await GetAsync(failed)).Status);
    }

    [Fact]
    public async Task An_unknown_job_is_not_found() => Assert.Equal(CancelOutcome.NotFound, await CancelAsync(JobId.New()));

    [Fact]
    public async Task Cancelling_a_waiting_job_signals_its_end()
    {
        var id = await InsertAsync();
        var signals = new SignalRecorder();
        using var subscription = Storage.Subscribe(signals);

        await CancelAsync(id);

        await signals.JobEnded.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Contains(signals.Ended, e => e is null || e == id);
    }

    [Fact]
    public async Task Progress_of_a_flagged_job_is_still_stored()
    {
        var id = await InsertAsync();
        var claimed = await (await StartWorkerAsync()).ClaimOneAsync();
        await CancelAsync(id);

        Assert.Empty(await Storage.ReportProgressAsync([new(id, claimed.Lease, 5, null)], Cancellation));
    }

    [Fact]
    public async Task Cancelling_and_completing_at_once_end_the_job_one_way()
    {
        var inserted = await InsertManyAsync([.. Enumerable.Range(0, 40).Select(_ => Job())]);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(40);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancels = inserted.Select(i => Task.Run(async () =>
        {
            await start.Task;
            return await CancelAsync(i.Id);
        })).ToList();
        var completions = claimed.Select(c => Task.Run(async () =>
        {
            await start.Task;
            return await worker.CompleteAsync(c);
        })).ToList();
        start.SetResult();

        for (var i = 0; i < 40; i++)
        {
            var (cancel, completion) = (await cancels[i], await completions[i]);
            var status = (await GetAsync(inserted[i].Id)).Status;
            Assert.Equal(
                cancel == CancelOutcome.Requested ? (OutcomeDisposition.Cancelled, JobStatus.Cancelled) : (OutcomeDisposition.Stored, JobStatus.Completed),
                (completion, status));
        }
    }

    private async Task<CancelOutcome> CancelAsync(JobId id) => await Storage.CancelAsync(id, Cancellation);
}
