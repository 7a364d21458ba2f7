using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>
/// Claims that go on from where they stopped, because dead index entries make it slow to begin at the front. Here every walk counts
/// as slow, and a transaction that is held open keeps the dead entries there.
/// </summary>
public sealed class LaneFrontTests(ServerFixture server) : StorageTests
{
    private const int Count = 200;

    [Fact]
    public async Task Every_job_is_claimed_once_and_in_order()
    {
        await using var transaction = await HoldTransactionIdAsync();
        var worker = await StartWorkerAsync();
        var inserted = new List<JobId>();
        var claimed = new List<JobId>();
        for (var i = 0; i < Count; i++)
            inserted.Add((await InsertAsync(Job())).Id);

        while (claimed.Count < Count)
        {
            var exchange = await worker.ExchangeAsync(3, []);
            claimed.AddRange(exchange.Claimed.Select(job => job.Id));
            await worker.ExchangeAsync(0, exchange.Claimed.Select(job => TestWorker.Outcome(job, JobOutcomeKind.Completed)));
        }

        Assert.Equal(inserted, claimed);
    }

    [Fact]
    public async Task What_comes_in_behind_the_fronts_is_found_and_the_worker_is_told_when_to_look()
    {
        var worker = await StartWorkerAsync();
        var returned = await InsertAsync(Job());
        var first = Assert.Single((await worker.ExchangeAsync(1, [])).Claimed);
        await InsertAsync(Job());
        Assert.Single((await worker.ExchangeAsync(1, [])).Claimed);

        // Given back, it lies before the front again; the others are in lanes that had nothing.
        await worker.ExchangeAsync(0, [TestWorker.Outcome(first, JobOutcomeKind.Released)]);
        var urgent = await InsertAsync(Job(priority: 5));
        var elsewhere = await InsertAsync(Job(queue: "elsewhere"));
        var due = await InsertAsync(Job(delay: TimeSpan.FromMinutes(1)));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(1));

        var found = new HashSet<JobId>();
        while (found.Count < 4)
        {
            var exchange = await worker.ExchangeAsync(10, []);
            found.UnionWith(exchange.Claimed.Select(job => job.Id));
            if (found.Count < 4)
                Assert.InRange(exchange.NextDueIn ?? TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        Assert.Equal([returned.Id, urgent.Id, elsewhere.Id, due.Id], found);
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString) { WalksAreSlow = true };

    private async Task<IAsyncDisposable> HoldTransactionIdAsync()
    {
        var connection = await ((PostgreSqlHarness)Harness).Admin.OpenConnectionAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id()";
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }
}
