using System.Data.Common;
using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Transactions of the application: enqueueing and completing inside them, or refusing them clearly.</summary>
public abstract class TransactionTests : StorageTests
{
    [Fact]
    public async Task A_job_of_a_transaction_is_visible_with_its_commit()
    {
        var worker = await StartWorkerAsync();
        var transaction = await BeginAsync();
        var inserted = await Storage.InsertAsync(Job(payload: Json("{\"a\":1}")), transaction, Cancellation);
        var many = await Storage.InsertManyAsync([Job(priority: -1), Job("work", "q", -2, delay: TimeSpan.FromHours(1))], transaction, Cancellation);
        if (Harness.CanWriteBesideTransactions)
            Assert.Empty(await worker.ClaimAsync(10));

        Assert.False(await ExistsAsync(inserted.Id));

        await transaction.CommitAsync(Cancellation);

        Assert.Equal([inserted.Id, many[0].Id], (await worker.ClaimAsync(10)).Select(c => c.Id));
        Assert.True((await GetAsync(many[1].Id)).IsDelayed);
    }

    [Fact]
    public async Task A_rollback_leaves_nothing()
    {
        var transaction = await BeginAsync();
        var inserted = await Storage.InsertAsync(Job(details: new JobDetails { Id = JobId.From("a"), IdempotencyKey = "k" }), transaction, Cancellation);
        await transaction.RollbackAsync(Cancellation);

        Assert.False(await ExistsAsync(inserted.Id));
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.False((await InsertAsync(Job(details: new JobDetails { Id = JobId.From("a"), IdempotencyKey = "k" }))).WasDeduplicated);
    }

    [Fact]
    public async Task Keys_meet_inside_a_transaction_and_outside()
    {
        var first = await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "before" }));
        var transaction = await BeginAsync();
        var met = await Storage.InsertAsync(Job(details: new JobDetails { IdempotencyKey = "before" }), transaction, Cancellation);
        var fresh = await Storage.InsertAsync(Job(details: new JobDetails { IdempotencyKey = "inside" }), transaction, Cancellation);
        var again = await Storage.InsertAsync(Job(details: new JobDetails { IdempotencyKey = "inside" }), transaction, Cancellation);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal(new InsertedJob(first.Id, true), met);
        Assert.False(fresh.WasDeduplicated);
        Assert.Equal(new InsertedJob(fresh.Id, true), again);
        Assert.Equal(new InsertedJob(fresh.Id, true), await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "inside" })));
    }

    [Fact]
    public async Task A_taken_key_in_a_bulk_leaves_the_transaction_usable()
    {
        var first = await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "taken" }));
        var transaction = await BeginAsync();
        var before = await Storage.InsertAsync(Job(), transaction, Cancellation);
        var many = await Storage.InsertManyAsync([.. new[] { "a", "taken", "z" }.Select(key => Job(details: new JobDetails { IdempotencyKey = key }))], transaction, Cancellation);
        var after = await Storage.InsertAsync(Job(), transaction, Cancellation);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal([false, true, false], many.Select(i => i.WasDeduplicated));
        Assert.Equal([first.Id, before.Id, many[0].Id, many[2].Id, after.Id], (await (await StartWorkerAsync()).ClaimAsync(10)).Select(j => j.Id));
    }

    [Fact]
    public async Task A_transaction_of_another_database_is_refused()
    {
        if (!Storage.Capabilities.SupportsTransactions)
        {
            var refusal = await Assert.ThrowsAsync<JobException>(async () => await Storage.InsertAsync(Job(), new ForeignTransaction(), Cancellation));
            Assert.Equal(JobErrorCodes.NotSupported, refusal.Code);
        }
        else
        {
            var refusal = await Assert.ThrowsAsync<JobException>(async () => await Storage.InsertAsync(Job(), new ForeignTransaction(), Cancellation));
            Assert.Equal(JobErrorCodes.ForeignTransaction, refusal.Code);
        }

        await Assert.ThrowsAsync<JobException>(async () => await Storage.InsertManyAsync([Job()], new ForeignTransaction(), Cancellation));
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task Completing_in_a_foreign_transaction_is_refused_and_changes_nothing()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();

        await Assert.ThrowsAsync<JobException>(async () => await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed), new ForeignTransaction(), Cancellation));

        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task A_completion_holds_with_the_commit_of_its_transaction()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        var transaction = await BeginAsync();
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed) with { Result = Json("42") }, transaction, Cancellation));
        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);
        await transaction.CommitAsync(Cancellation);

        Assert.True(await Storage.WasCompletedAsync(id, claimed.Lease, Cancellation));
        var job = await GetAsync(id);
        Assert.Equal((JobStatus.Completed, 1, 42), (job.Status, job.Attempt, job.ResultJson!.Value.GetInt32()));
        Assert.Equal(worker.Id, Assert.Single(job.Attempts).Worker);
        Assert.Equal(OutcomeDisposition.Rejected, await worker.EndAsync(claimed, JobOutcomeKind.Retry));
    }

    [Fact]
    public async Task A_completion_that_is_rolled_back_never_happened()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        var transaction = await BeginAsync();
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed), transaction, Cancellation));
        await transaction.RollbackAsync(Cancellation);

        Assert.False(await Storage.WasCompletedAsync(id, claimed.Lease, Cancellation));
        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);
        Assert.Equal(OutcomeDisposition.Stored, await worker.EndAsync(claimed, JobOutcomeKind.Retry));
    }

    [Fact]
    public async Task A_completion_under_a_stale_lease_is_refused_and_writes_nothing()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var stale = await worker.ClaimOneAsync();
        await worker.EndAsync(stale, JobOutcomeKind.Released);
        var claimed = await worker.ClaimOneAsync();
        var transaction = await BeginAsync();

        Assert.False(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(stale, JobOutcomeKind.Completed), transaction, Cancellation));
        Assert.False(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed) with { Lease = claimed.Lease with { Nonce = ~claimed.Lease.Nonce } }, transaction, Cancellation));
        await transaction.CommitAsync(Cancellation);

        Assert.Equal(JobStatus.Running, (await GetAsync(id)).Status);
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed));
    }

    [Fact]
    public async Task A_commit_wakes_a_worker()
    {
        var worker = await StartWorkerAsync();
        Assert.Empty(await worker.ClaimAsync());
        var transaction = await BeginAsync();
        var signals = new SignalRecorder();
        using var subscription = Storage.Subscribe(signals);
        await Storage.InsertAsync(Job(), transaction, Cancellation);
        await transaction.CommitAsync(Cancellation);

        await signals.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    private async Task<DbTransaction> BeginAsync()
    {
        Assert.SkipUnless(Storage.Capabilities.SupportsTransactions, $"{Storage.Capabilities.Name} takes no part in transactions of the application.");
        return await Harness.BeginTransactionAsync(Cancellation);
    }
}
