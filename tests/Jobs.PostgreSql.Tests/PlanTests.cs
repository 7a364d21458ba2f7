using System.Collections.Concurrent;
using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>
/// Plans that are made while the tables are empty stay right when they are not. Not by the clock: the server counts the rows
/// that sequential scans read, and there must be next to none, whatever the size; and the pages that statements touch, which must
/// not become more.
/// </summary>
public sealed class PlanTests(ServerFixture server) : StorageTests
{
    private const int Batches = 500;
    private const int BatchSize = 1000;

    /// <summary>By table and exchange of a thousand jobs in ten ranges, which is also what one insert is: its pages and those of its indexes.</summary>
    private static readonly Dictionary<string, int> _maxPages = new(StringComparer.Ordinal) { ["ready"] = 300, ["scheduled"] = 300, ["lease"] = 300, ["receipt"] = 300 };

    private string _database = "";

    [Fact]
    public async Task From_empty_to_half_a_million_without_ANALYZE_no_hot_statement_scans_a_table()
    {
        var harness = (PostgreSqlHarness)Harness;
        foreach (var table in (string[])["job", .. _maxPages.Keys])
            await harness.ExecuteAsync($"ALTER TABLE {harness.Schema}.{table} SET (autovacuum_enabled = off)");

        // A storage of its own, whose sessions report to the statistics when they end.
        var begin = await harness.ReadServerTimeAsync();
        var storage = await OpenAnotherAsync();
        var worker = await StartWorkerAsync(storage: storage);
        Assert.Empty(await worker.ClaimAsync(10));
        var claimed = new ConcurrentBag<JobId>();
        var exchanges = 0;
        var inserting = Task.Run(async () =>
        {
            for (var i = 0; i < Batches; i++)
                await storage.InsertManyAsync([.. Enumerable.Range(0, BatchSize).Select(n => Job(delay: n % 100 == 0 ? TimeSpan.FromHours(1) : default))], null, Cancellation);
        });
        await Task.WhenAll(WorkAsync(), WorkAsync(), inserting);
        await storage.DisposeAsync();
        await harness.WaitForReportsAsync(begin, Cancellation);

        Assert.Equal(Batches * BatchSize * 99 / 100, claimed.Distinct().Count());
        Assert.InRange(await ReadAsync("seq_tup_read", "pg_stat_user_tables", [.. _maxPages.Keys, "job"]), 0, BatchSize);
        foreach (var (table, max) in _maxPages)
            Assert.InRange(await ReadAsync("heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit", "pg_statio_user_tables", [table]) / exchanges, 0, max);

        async Task WorkAsync()
        {
            IReadOnlyList<ClaimedJob> held = [];
            while (true)
            {
                var wasDone = inserting.IsCompleted;
                var exchange = await worker.ExchangeAsync(BatchSize, held.Select(h => TestWorker.Outcome(h, JobOutcomeKind.Completed)));
                Assert.All(exchange.Dispositions, d => Assert.Equal(OutcomeDisposition.Stored, d));
                held = [.. exchange.Claimed];
                foreach (var job in held)
                    claimed.Add(job.Id);

                if (held.Count > 0)
                    Interlocked.Increment(ref exchanges);
                else if (wasDone)
                    return;
            }
        }

        async Task<long> ReadAsync(string columns, string view, string[] tables)
        {
            await using var command = harness.Admin.CreateCommand(
                $"SELECT coalesce(sum({columns}), 0)::bigint FROM {view} WHERE schemaname = $1 AND relname = ANY ($2)");
            command.Parameters.AddWithValue(harness.Schema);
            command.Parameters.AddWithValue(tables);
            return (long)(await command.ExecuteScalarAsync(Cancellation))!;
        }
    }

    /// <summary>In a database of its own: open transactions of other tests would keep dead entries in the indexes.</summary>
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(_database);

    public override async ValueTask InitializeAsync()
    {
        _database = await server.Server.CreateDatabaseAsync();
        await base.InitializeAsync();
    }
}
