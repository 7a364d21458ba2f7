using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Retention: how long an ended job's record stays, and that its keys go with it.</summary>
public abstract class RetentionTests : StorageTests
{
    private static readonly JobPolicy _short = new() { RetainCompleted = TimeSpan.FromHours(1), RetainFailed = TimeSpan.FromHours(3) };

    [Fact]
    public async Task Completed_failed_and_cancelled_jobs_are_kept_for_their_own_times()
    {
        var (completed, failed) = (await InsertAsync(policy: _short), await InsertAsync(policy: _short));
        var cancelled = await InsertAsync(policy: _short, delay: TimeSpan.FromDays(9));
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2);
        await worker.CompleteAsync(claimed[0]);
        await worker.EndAsync(claimed[1], JobOutcomeKind.Failed);
        await Storage.CancelAsync(cancelled, Cancellation);

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(50));
        Assert.Equal(0, (await MaintainAsync()).Removed);
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(11));
        Assert.Equal(1, (await MaintainAsync()).Removed);
        Assert.False(await ExistsAsync(completed));
        Assert.True(await ExistsAsync(failed));
        Assert.True(await ExistsAsync(cancelled));

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(110));
        Assert.Equal(0, (await MaintainAsync()).Removed);
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, (await MaintainAsync()).Removed);
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task The_default_keeps_completed_jobs_a_day_and_failed_ones_a_fortnight()
    {
        var (completed, failed) = (await InsertAsync(), await InsertAsync());
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2);
        await worker.CompleteAsync(claimed[0]);
        await worker.EndAsync(claimed[1], JobOutcomeKind.Failed);

        await Harness.AdvanceAsync(TimeSpan.FromHours(23));
        await MaintainAsync();
        Assert.True(await ExistsAsync(completed));
        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        await MaintainAsync();
        Assert.False(await ExistsAsync(completed));
        await Harness.AdvanceAsync(TimeSpan.FromDays(12));
        await MaintainAsync();
        Assert.True(await ExistsAsync(failed));
        await Harness.AdvanceAsync(TimeSpan.FromDays(1));
        await MaintainAsync();
        Assert.False(await ExistsAsync(failed));
    }

    [Theory]
    [InlineData(JobOutcomeKind.Completed)]
    [InlineData(JobOutcomeKind.Failed)]
    [InlineData(JobOutcomeKind.Cancelled)]
    public async Task A_retention_of_zero_removes_the_job_in_the_step_that_ends_it(JobOutcomeKind kind)
    {
        var policy = kind == JobOutcomeKind.Completed ? new JobPolicy { RetainCompleted = TimeSpan.Zero } : new JobPolicy { RetainFailed = TimeSpan.Zero };
        var id = (await InsertAsync(Job(policy: policy, details: new JobDetails { IdempotencyKey = "k" }))).Id;
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();

        Assert.Equal(OutcomeDisposition.Stored, await worker.EndAsync(claimed, kind));

        Assert.False(await ExistsAsync(id));
        Assert.Equal([id], await Storage.GetEndedAsync([id], Cancellation));
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(CancelOutcome.NotFound, await Storage.CancelAsync(id, Cancellation));
        Assert.Equal(OutcomeDisposition.Rejected, await worker.EndAsync(claimed, kind));
        Assert.False((await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }))).WasDeduplicated);
    }

    [Fact]
    public async Task A_waiting_job_that_is_not_kept_is_gone_when_it_is_cancelled()
    {
        var policy = new JobPolicy { RetainFailed = TimeSpan.Zero };
        var (ready, scheduled) = (await InsertAsync(policy: policy), await InsertAsync(policy: policy, delay: TimeSpan.FromHours(1)));

        Assert.Equal(CancelOutcome.Cancelled, await Storage.CancelAsync(ready, Cancellation));
        Assert.Equal(CancelOutcome.Cancelled, await Storage.CancelAsync(scheduled, Cancellation));

        Assert.False(await ExistsAsync(ready));
        Assert.False(await ExistsAsync(scheduled));
    }

    [Fact]
    public async Task A_retry_of_a_job_that_is_not_kept_stays()
    {
        var id = await InsertAsync(policy: new JobPolicy { RetainCompleted = TimeSpan.Zero, RetainFailed = TimeSpan.Zero });
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry);

        Assert.Equal(id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task The_keys_are_free_once_the_record_is_gone()
    {
        var id = JobId.From("a");
        await InsertAsync(Job(policy: _short, details: new JobDetails { Id = id, IdempotencyKey = "k" }));
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());
        Assert.True((await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }))).WasDeduplicated);

        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        await MaintainAsync();

        var other = await InsertAsync(Job("other", details: new JobDetails { Id = id }));
        Assert.Equal(new InsertedJob(id, false), other);
        Assert.False((await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }))).WasDeduplicated);
    }

    [Fact]
    public async Task Time_runs_from_the_end_of_the_job()
    {
        var id = await InsertAsync(policy: _short, delay: TimeSpan.FromHours(5));
        await Harness.AdvanceAsync(TimeSpan.FromHours(5));
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(5));
        await worker.CompleteAsync(claimed);

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(50));
        await MaintainAsync();

        Assert.True(await ExistsAsync(id));
    }

    [Fact]
    public async Task Live_jobs_are_never_removed()
    {
        var policy = new JobPolicy { RetainCompleted = TimeSpan.Zero, RetainFailed = TimeSpan.Zero };
        var (ready, scheduled) = (await InsertAsync(policy: policy), await InsertAsync(policy: policy, delay: TimeSpan.FromDays(400)));
        await Harness.AdvanceAsync(TimeSpan.FromDays(100));
        await MaintainAsync(noHandlerGrace: TimeSpan.FromDays(1000));

        Assert.True(await ExistsAsync(ready));
        Assert.True(await ExistsAsync(scheduled));
    }

    [Fact]
    public async Task A_round_removes_no_more_than_its_batch_and_says_that_there_is_more()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 25).Select(_ => Job(policy: _short))]);
        var worker = await StartWorkerAsync();
        await worker.ExchangeAsync(0, (await worker.ClaimAsync(25)).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        await Harness.AdvanceAsync(TimeSpan.FromHours(2));

        var round = await Storage.MaintainAsync(new MaintenanceRequest(null, 3, TimeSpan.FromDays(1), BatchSize: 10), Cancellation);
        Assert.InRange(round.Removed, 1, 10);
        Assert.False(round.IsDone);
        Assert.Equal(25 - round.Removed, (await MaintainAsync(batchSize: 10)).Removed);
    }

    [Fact]
    public async Task Records_without_end_are_kept_without_end()
    {
        var id = await InsertAsync(policy: new JobPolicy { RetainCompleted = TimeSpan.FromDays(365 * 1000) });
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());
        await Harness.AdvanceAsync(TimeSpan.FromDays(365 * 10));
        await MaintainAsync();

        Assert.True(await ExistsAsync(id));
    }
}
