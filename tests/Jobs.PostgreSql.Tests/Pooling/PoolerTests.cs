using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests.Pooling;

/// <summary>What a pooler takes away, and that nothing depends on it.</summary>
public sealed class PoolerTests(ServerFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Behind_a_transaction_pooler_the_storage_notices_that_nothing_is_delivered()
    {
        await using var harness = new PostgreSqlHarness(server.PooledConnectionString, server.ConnectionString);
        await using var storage = await harness.OpenAsync(Cancellation);
        using var subscription = storage.Subscribe(new SignalRecorder());

        await storage.Listener.FirstOutcome.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        Assert.False(storage.Listener.IsDelivering);
    }

    [Fact]
    public async Task Without_a_pooler_notifications_arrive()
    {
        await using var harness = new PostgreSqlHarness(server.ConnectionString);
        await using var storage = await harness.OpenAsync(Cancellation);
        using var subscription = storage.Subscribe(new SignalRecorder());

        await storage.Listener.FirstOutcome.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        Assert.True(storage.Listener.IsDelivering);
    }

    [Fact]
    public async Task A_transaction_that_reaches_the_database_another_way_is_its_own_all_the_same()
    {
        await using var harness = new PostgreSqlHarness(server.PooledConnectionString, server.ConnectionString);
        await using var storage = await harness.OpenAsync(Cancellation);
        await using var connection = await harness.Admin.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var job = new JobRecord { Name = "work", Queue = "default", Payload = "{}"u8.ToArray(), Policy = JobPolicy.Default };

        var inserted = await storage.InsertAsync(job, transaction, Cancellation);

        Assert.Null(await storage.GetAsync(inserted.Id, JobParts.None, Cancellation));
        await transaction.CommitAsync(Cancellation);
        Assert.NotNull(await storage.GetAsync(inserted.Id, JobParts.None, Cancellation));
    }

    [Fact]
    public async Task Jobs_run_through_a_pooler_and_transactions_hold()
    {
        await using var harness = new PostgreSqlHarness(server.PooledConnectionString, server.ConnectionString);
        await using var storage = await harness.OpenAsync(Cancellation);
        var job = new JobRecord { Name = "work", Queue = "default", Payload = "{}"u8.ToArray(), Policy = JobPolicy.Default };
        await storage.InsertManyAsync([job, job, job], null, Cancellation);
        var worker = new TestWorker(storage, "w", ["work"], null, TimeSpan.FromMinutes(10));
        await worker.HeartbeatAsync();

        var claimed = await worker.ClaimAsync(10);
        var exchange = await worker.ExchangeAsync(10, claimed.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));

        Assert.Equal([OutcomeDisposition.Stored, OutcomeDisposition.Stored, OutcomeDisposition.Stored], exchange.Dispositions);
        Assert.Equal(3, await storage.CountAsync(new JobFilter { Status = JobStatus.Completed }, Cancellation));
    }
}
