using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>What one transaction holds open, or the server rolls back, must not spread to jobs that have nothing to do with it.</summary>
public sealed class ContentionTests(ServerFixture server) : StorageTests
{
    private PostgreSqlHarness Own => (PostgreSqlHarness)Harness;

    [Fact]
    public async Task A_key_taken_by_an_open_transaction_holds_up_nobody_else()
    {
        await using var connection = await Own.Admin.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var first = await Storage.InsertAsync(Keyed("k"), transaction, Cancellation);
        var waiting = Enumerable.Range(0, 5).Select(_ => Task.Run(async () => await Storage.InsertAsync(Keyed("k"), null, Cancellation))).ToList();
        await WaitForLocksAsync(2);

        // With the transaction still open.
        await InsertAsync(Job("other"));
        Assert.Equal(1, await Storage.CountAsync(new JobFilter { Name = "other" }, Cancellation));

        await transaction.CommitAsync(Cancellation);
        Assert.All(await Task.WhenAll(waiting), i => Assert.Equal(first with { WasDeduplicated = true }, i));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_keeps_its_transaction_open_does_not_hold_up_the_other_outcomes(bool commits)
    {
        await InsertManyAsync([Job(), Job()]);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2);
        await using var connection = await Own.Admin.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed[0], JobOutcomeKind.Completed), transaction, Cancellation));

        var exchange = await worker.ExchangeAsync(0, [
            TestWorker.Outcome(claimed[0], JobOutcomeKind.Retry, error: "too slow, and deaf to its token"),
            TestWorker.Outcome(claimed[1], JobOutcomeKind.Completed)]);

        Assert.Equal([OutcomeDisposition.Rejected, OutcomeDisposition.Stored], exchange.Dispositions);
        Assert.Equal(JobStatus.Completed, (await GetAsync(claimed[1].Id)).Status);
        Assert.Equal(0, (await MaintainAsync()).TakenOver);

        // The worker lives on and knows nothing of the job any more; the transaction decides what becomes of it.
        if (commits)
            await transaction.CommitAsync(Cancellation);
        else
            await transaction.RollbackAsync(Cancellation);

        await MaintainAsync();
        Assert.Equal(commits ? JobStatus.Completed : JobStatus.Pending, (await GetAsync(claimed[0].Id)).Status);
        Assert.Equal(commits ? 0 : 1, (await worker.ClaimAsync(2)).Count);
    }

    [Fact]
    public async Task Retiring_does_not_wait_for_a_handlers_open_transaction()
    {
        await InsertManyAsync([Job(), Job()]);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2);
        await using var connection = await Own.Admin.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed[0], JobOutcomeKind.Completed), transaction, Cancellation));

        await Storage.RetireWorkerAsync(worker.Id, Cancellation);

        Assert.Equal(JobStatus.Pending, (await GetAsync(claimed[1].Id)).Status);
        await transaction.RollbackAsync(Cancellation);
        Assert.Equal(1, (await MaintainAsync()).TakenOver);
        Assert.Equal(JobStatus.Pending, (await GetAsync(claimed[0].Id)).Status);
    }

    [Fact]
    public async Task Cancelling_that_a_completion_was_ahead_of_leaves_nothing_behind()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await using var connection = await Own.Admin.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed), transaction, Cancellation));
        Assert.Equal(CancelOutcome.Requested, await Storage.CancelAsync(id, Cancellation));
        await transaction.CommitAsync(Cancellation);

        Assert.True(await Storage.WasCompletedAsync(id, claimed.Lease, Cancellation));
        Assert.Equal(0L, await ScalarAsync($"SELECT count(*) FROM {Own.Schema}.cancel_request"));
        Assert.Equal(JobStatus.Completed, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task What_was_rolled_back_and_is_refused_when_repeated_counts_as_refused()
    {
        await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();

        // The first claim after the outcome is a deadlock's victim; before the repetition somebody takes the job over.
        await Own.ExecuteAsync(
            $"""
            CREATE SEQUENCE {Own.Schema}.calls;
            ALTER FUNCTION {Own.Schema}.settle RENAME TO settle_once;
            CREATE FUNCTION {Own.Schema}.settle(bigint[], bigint[], bigint[], integer[], integer[], smallint[], bytea[], bigint[], smallint[], text[], text[], text[], integer)
            RETURNS TABLE (ord integer, disposition smallint) LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('{Own.Schema}.calls') = 1 THEN
                    RETURN QUERY SELECT * FROM {Own.Schema}.settle_once($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);
                END IF;
            END $$;
            ALTER FUNCTION {Own.Schema}.move_due RENAME TO move_due_quietly;
            CREATE FUNCTION {Own.Schema}.move_due(integer, timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT last_value FROM {Own.Schema}.calls) = 1 THEN
                    RAISE EXCEPTION 'victim' USING ERRCODE = 'deadlock_detected';
                END IF;
                RETURN {Own.Schema}.move_due_quietly($1, $2);
            END $$;
            """);
        await InsertAsync(Job(delay: TimeSpan.FromMinutes(1)));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(2));

        var exchange = await worker.ExchangeAsync(1, [TestWorker.Outcome(claimed, JobOutcomeKind.Completed)]);

        Assert.Equal(OutcomeDisposition.Rejected, Assert.Single(exchange.Dispositions));
        Assert.Single(exchange.Claimed);
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);

    private static JobRecord Keyed(string key) => Job(details: new JobDetails { IdempotencyKey = key });

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Own.Admin.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    /// <summary>Returns when that many statements of this schema wait for a lock.</summary>
    private async Task WaitForLocksAsync(int count)
    {
        while ((long)(await ScalarAsync($"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%{Own.Schema}%'"))! < count)
            await Task.Yield();
    }
}
