using System.Collections.Concurrent;
using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>
/// Plans that are made while the tables are empty stay right when they are not. Not by the clock: the server counts the rows
/// that sequential scans read, and there must be next to none, whatever the size.
/// </summary>
public sealed class PlanTests(ServerFixture server) : StorageTests
{
    private const int Batches = 100;
    private const int BatchSize = 1000;

    [Fact]
    public async Task From_empty_to_many_without_ANALYZE_no_hot_statement_scans_a_table()
    {
        var harness = (PostgreSqlHarness)Harness;
        foreach (var table in (string[])["job", "ready", "scheduled", "lease", "receipt"])
            await harness.ExecuteAsync($"ALTER TABLE {harness.Schema}.{table} SET (autovacuum_enabled = off)");

        var worker = await StartWorkerAsync();
        Assert.Empty(await worker.ClaimAsync(10));
        var claimed = new ConcurrentBag<JobId>();
        var inserting = Task.Run(async () =>
        {
            for (var i = 0; i < Batches; i++)
                await InsertManyAsync([.. Enumerable.Range(0, BatchSize).Select(n => Job(delay: n % 100 == 0 ? TimeSpan.FromHours(1) : default))]);
        });
        await Task.WhenAll(inserting, WorkAsync(worker, claimed, inserting), WorkAsync(worker, claimed, inserting));

        Assert.Equal(Batches * BatchSize * 99 / 100, claimed.Distinct().Count());
        await using var command = harness.Admin.CreateCommand(
            $"SELECT coalesce(sum(seq_tup_read), 0)::bigint FROM pg_stat_user_tables WHERE schemaname = '{harness.Schema}' AND relname IN ('job', 'ready', 'scheduled', 'lease', 'receipt')");
        Assert.InRange((long)(await command.ExecuteScalarAsync(Cancellation))!, 0, BatchSize);
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);

    private static async Task WorkAsync(TestWorker worker, ConcurrentBag<JobId> claimed, Task inserting)
    {
        IReadOnlyList<ClaimedJob> held = [];
        while (true)
        {
            var wasDone = inserting.IsCompleted;
            var exchange = await worker.ExchangeAsync(500, held.Select(h => TestWorker.Outcome(h, JobOutcomeKind.Completed)));
            Assert.All(exchange.Dispositions, d => Assert.Equal(OutcomeDisposition.Stored, d));
            held = [.. exchange.Claimed];
            foreach (var job in held)
                claimed.Add(job.Id);

            if (held.Count == 0 && wasDone)
                return;
        }
    }
}
