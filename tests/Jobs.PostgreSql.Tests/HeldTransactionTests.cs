using Jobs.Storage;
using Jobs.Storage.Conformance;
using Npgsql;

namespace Jobs.PostgreSql.Tests;

/// <summary>
/// What a claim has to walk over while somebody holds a transaction open and tens of thousands of jobs come and go one by one, each of
/// which leaves a dead entry in the index that claims read. Not by the clock: the server counts the entries.
/// </summary>
public sealed class HeldTransactionTests(ServerFixture server) : StorageTests
{
    private const int Rounds = 20;
    private const int PerRound = 1000;
    private const int Dead = Rounds * PerRound;
    private const int Claims = 300;

    /// <summary>Until claims go on from their fronts, by default: as many slow walks in a row.</summary>
    private const int FullLooks = 2;

    private readonly HandTurnedTime _time = new();
    private string _database = "";

    [Fact]
    public async Task Claims_walk_over_what_they_take_and_not_over_the_dead()
    {
        await using var holder = await HoldTransactionIdAsync();
        var begin = await ((PostgreSqlHarness)Harness).ReadServerTimeAsync();
        await using var storage = await ((PostgreSqlHarness)Harness).OpenAsync(Cancellation);
        var worker = await StartWorkerAsync(storage: storage);
        for (var i = 0; i < Rounds; i++)
        {
            _time.Now += TimeSpan.FromMinutes(1);
            await InsertSinglesAsync(storage, PerRound);
            var claimed = await worker.ClaimAsync(PerRound);
            Assert.Equal(PerRound, claimed.Count);
            await worker.ExchangeAsync(0, claimed.Select(job => TestWorker.Outcome(job, JobOutcomeKind.Completed)));
        }

        // Those who build up the dead entries report to the statistics; what is counted from here on is the claims of another process.
        await storage.DisposeAsync();
        var before = await ReadEntriesAsync(begin);
        var other = await ((PostgreSqlHarness)Harness).OpenAsync(Cancellation);
        var next = await StartWorkerAsync("next", storage: other);
        await InsertSinglesAsync(other, Claims);
        for (var i = 0; i < Claims; i++)
            await next.CompleteAsync(await next.ClaimOneAsync());

        await other.DisposeAsync();
        var walked = await ReadEntriesAsync(begin) - before;

        // The full looks did walk over the dead of the first rank, and the two claims that went from there to the second rank over those
        // of that one. All the others together walked over as many entries as there were jobs, and a few around each.
        var walks = (FullLooks + 2) * Dead / 2;
        Assert.InRange(walked, walks, walks + (Claims * 20));
    }

    [Fact]
    public async Task What_came_in_before_the_fronts_is_found_by_the_next_look_of_its_kind()
    {
        await using var holder = await HoldTransactionIdAsync();
        var worker = await StartWorkerAsync();
        for (var i = 0; i < 4; i++)
        {
            await InsertSinglesAsync(Storage, PerRound);
            await worker.ClaimAsync(PerRound);
        }

        // From here on claims go on from their fronts: what is behind those is found at once, in whatever rank that has one.
        Assert.Empty(await worker.ClaimAsync());
        Assert.Empty(await worker.ClaimAsync());
        var behind = await InsertAsync();
        Assert.Equal(behind, (await worker.ClaimOneAsync()).Id);

        // A rank and a lane without a front.
        var urgent = await InsertAsync(priority: 9);
        var elsewhere = await InsertAsync(queue: "elsewhere");
        Assert.Empty(await worker.ClaimAsync(10));
        Assert.InRange(worker.NextDueIn!.Value, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
        _time.Now += TimeSpan.FromMilliseconds(50);
        Assert.Equal([urgent, elsewhere], (await worker.ClaimAsync(10)).Select(job => job.Id));

        // What became due: at once, although it is due before the front.
        var due = await InsertAsync(delay: TimeSpan.FromSeconds(10));
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(due, (await worker.ClaimOneAsync()).Id);

        // What was stored long ago and is seen only now.
        await using (var transaction = await Harness.BeginTransactionAsync(Cancellation))
        {
            var late = (await Storage.InsertAsync(Job(), transaction, Cancellation)).Id;
            await Harness.AdvanceAsync(TimeSpan.FromSeconds(10));
            await InsertAsync();
            await worker.ClaimOneAsync();
            await transaction.CommitAsync(Cancellation);
            Assert.Empty(await worker.ClaimAsync());
            _time.Now += TimeSpan.FromMinutes(1);
            Assert.Equal(late, (await worker.ClaimOneAsync()).Id);
        }
    }

    [Fact]
    public async Task A_lease_is_found_by_its_place_although_the_table_was_analyzed_when_it_was_all_but_empty()
    {
        await using var holder = await HoldTransactionIdAsync();
        var harness = (PostgreSqlHarness)Harness;
        var begin = await harness.ReadServerTimeAsync();
        await FillWithDeadLeasesAsync();
        var before = await ReadPagesAsync(begin);
        var other = await harness.OpenAsync(Cancellation);
        var next = await StartWorkerAsync("next", storage: other);
        await InsertSinglesAsync(other, Claims);
        for (var i = 0; i < Claims; i++)
        {
            var job = await next.ClaimOneAsync();
            if (i % 3 == 0)
                await other.CancelAsync(job.Id, Cancellation);

            await next.CompleteAsync(job);
        }

        // To insert an entry and to find it again; all of the index is hundreds of pages.
        await other.DisposeAsync();
        Assert.InRange(await ReadPagesAsync(begin) - before, Claims, Claims * 12);
    }

    public override async ValueTask InitializeAsync()
    {
        _database = await server.Server.CreateDatabaseAsync();
        await base.InitializeAsync();
    }

    /// <summary>In a database of its own: what other tests hold open has no part in it.</summary>
    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(_database) { Time = _time };

    /// <summary>Jobs that are ranges of one, as those are that are enqueued one by one: neighbours differ.</summary>
    private static async Task InsertSinglesAsync(IJobStorage storage, int count) =>
        await storage.InsertManyAsync([.. Enumerable.Range(0, count).Select(n => Job(priority: n % 2))], null, Cancellation);

    /// <summary>Leaves two indexes of hundreds of pages to a table that was analyzed when nothing was in it, by a session that reports when it ends.</summary>
    private async Task FillWithDeadLeasesAsync()
    {
        var table = ((PostgreSqlHarness)Harness).Schema + ".lease";
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        string[] statements =
        [
            $"ALTER TABLE {table} SET (autovacuum_enabled = off)",
            $"""
            INSERT INTO {table} (pack, hi, lo, token, nonce, worker, claimed_at, name, queue, rank, due_at, attempt, takeovers)
            SELECT -n, 0, 0, -n, 0, 'gone', now(), 'gone', 'gone', 0, now(), 0, 0 FROM generate_series(1, 150000) n
            """,
            $"DELETE FROM {table}",
            $"ANALYZE {table}",
        ];
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    private async Task<IAsyncDisposable> HoldTransactionIdAsync()
    {
        var connection = await ((PostgreSqlHarness)Harness).Admin.OpenConnectionAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id()";
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }

    /// <summary>The entries of the index that claims walk along.</summary>
    private Task<long> ReadEntriesAsync(DateTime since) => ReadAsync("idx_tup_read FROM pg_stat_user_indexes", "ready_pkey", since);

    /// <summary>The pages of the index that has a worker's leases.</summary>
    private Task<long> ReadPagesAsync(DateTime since) => ReadAsync("idx_blks_read + idx_blks_hit FROM pg_statio_user_indexes", "lease_worker", since);

    /// <summary>What the backends have read that began since then.</summary>
    private async Task<long> ReadAsync(string what, string index, DateTime since)
    {
        var harness = (PostgreSqlHarness)Harness;
        await harness.WaitForReportsAsync(since, Cancellation);
        await using var command = harness.Admin.CreateCommand($"SELECT {what} WHERE schemaname = '{harness.Schema}' AND indexrelname = '{index}'");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
