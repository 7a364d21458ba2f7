using System.Data;
using Jobs.Storage;
using Jobs.Storage.Conformance;
using Npgsql;

namespace Jobs.PostgreSql.Tests;

/// <summary>Transactions of the application at every level of isolation, while others work on the same claim.</summary>
public sealed class ApplicationTransactionTests(ServerFixture server) : StorageTests
{
    private PostgreSqlHarness Own => (PostgreSqlHarness)Harness;

    [Theory]
    [InlineData(IsolationLevel.ReadCommitted)]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task Completing_one_job_of_a_claim_does_not_meet_the_others(IsolationLevel isolation)
    {
        await InsertManyAsync([.. Enumerable.Range(0, 5).Select(_ => Job())]);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(5);
        await using var connection = await Own.Admin.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(isolation, Cancellation);
        await ReadAsync(connection, transaction);

        // The snapshot is taken; now everything around the job moves.
        await Storage.ReportProgressAsync([new(claimed[2].Id, claimed[2].Lease, 50, "half")], Cancellation);
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed[1]));
        await worker.HeartbeatAsync();
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed[2], JobOutcomeKind.Completed), transaction, Cancellation));
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed[3]));
        await Storage.InsertAsync(Job("next", details: new JobDetails { IdempotencyKey = "k" }), transaction, Cancellation);
        await transaction.CommitAsync(Cancellation);

        Assert.True(await Storage.WasCompletedAsync(claimed[2].Id, claimed[2].Lease, Cancellation));
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed[0]));
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed[4]));
        Assert.Equal(5, await Storage.CountAsync(new JobFilter { Status = JobStatus.Completed }, Cancellation));
        Assert.Equal(1, await Storage.CountAsync(new JobFilter { Name = "next" }, Cancellation));
    }

    [Fact]
    public async Task A_takeover_waits_for_nobody_and_lets_an_open_completion_decide()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await using var connection = await Own.Admin.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed), transaction, Cancellation));
        await ExpireLeasesAsync();

        Assert.Equal(0, (await MaintainAsync()).TakenOver);
        await transaction.CommitAsync(Cancellation);
        await MaintainAsync();

        Assert.Equal(JobStatus.Completed, (await GetAsync(id)).Status);
        Assert.Empty(await (await StartWorkerAsync("next")).ClaimAsync());
    }

    [Fact]
    public async Task A_lease_that_was_taken_over_first_refuses_the_completion()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await ExpireLeasesAsync();
        Assert.Equal(1, (await MaintainAsync()).TakenOver);
        await using var connection = await Own.Admin.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);

        Assert.False(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed), transaction, Cancellation));
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task More_handlers_than_the_pool_has_connections_can_complete_in_their_transactions()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 12).Select(_ => Job())]);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(12);

        await Task.WhenAll(claimed.Select(async job =>
        {
            await using var connection = new NpgsqlConnection(server.ConnectionString + ";Maximum Pool Size=4;Application Name=handlers");
            await connection.OpenAsync(Cancellation);
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(job, JobOutcomeKind.Completed), transaction, Cancellation));
            await transaction.CommitAsync(Cancellation);
        }));

        foreach (var job in claimed)
            Assert.True(await Storage.WasCompletedAsync(job.Id, job.Lease, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_completed_job_that_is_not_kept_is_gone_once_anybody_has_seen_the_commit(bool survives)
    {
        var id = (await InsertAsync(Job(policy: new JobPolicy { RetainCompleted = TimeSpan.Zero }, details: new JobDetails { IdempotencyKey = "k" }))).Id;
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        var transaction = await Harness.BeginTransactionAsync(Cancellation);
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed), transaction, Cancellation));
        await transaction.CommitAsync(Cancellation);
        Assert.Equal(JobStatus.Completed, (await GetAsync(id)).Status);

        // The worker asks after the handler has returned. When it died in between, its lease runs out.
        if (survives)
        {
            Assert.True(await Storage.WasCompletedAsync(id, claimed.Lease, Cancellation));
        }
        else
        {
            await MaintainAsync();
            Assert.Equal(JobStatus.Completed, (await GetAsync(id)).Status);
            await ExpireLeasesAsync();
            Assert.Equal(0, (await MaintainAsync()).Stalled);
        }

        Assert.False(await ExistsAsync(id));
        Assert.True(await Storage.WasCompletedAsync(id, claimed.Lease, Cancellation));
        Assert.False((await InsertAsync(Job(details: new JobDetails { IdempotencyKey = "k" }))).WasDeduplicated);
    }

    [Fact]
    public async Task A_transaction_of_another_database_is_refused()
    {
        var other = await server.Server.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(other + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);

        var refusal = await Assert.ThrowsAsync<JobException>(async () => await Storage.InsertAsync(Job(), transaction, Cancellation));

        Assert.Equal(JobErrorCodes.ForeignTransaction, refusal.Code);
    }

    [Fact]
    public async Task An_ambient_transaction_is_none_of_the_storages_business()
    {
        JobId id;
        using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled))
        {
            id = await InsertAsync();
        }

        Assert.True(await ExistsAsync(id));
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);

    private static async Task ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_class", connection, transaction);
        await command.ExecuteScalarAsync(Cancellation);
    }
}
