using System.Text.Json;
using System.Threading.Channels;
using Jobs.Benchmarks;
using Microsoft.Data.Sqlite;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>
/// The reference on SQLite: WAL with full synchronization, one connection on one loop that inserts what is waiting, claims and
/// completes up to 1,000 jobs, each batch in a transaction. No lease, no retries, no history.
/// </summary>
internal sealed class BareSqlite(Func<string> createFile, CpuMeter meter) : LocalContender(meter)
{
    private const int ClaimSize = 1000;
    private Channel<(int Count, TaskCompletionSource Done)> _inserts = null!;
    private SqliteConnection? _connection;
    private Task? _loop;
    private volatile bool _works;

    public override string Name => "bare SQLite loop";

    public override string Configuration => $"Microsoft.Data.Sqlite {Versions.Of(typeof(SqliteConnection))}, WAL, synchronous=FULL: one loop that inserts what waits, claims and completes up to 1,000 jobs in a transaction; no lease, retries or history";

    public override Pace Pace { get; } = new(150_000, (3_500, 30_000, 130_000), 80_000, 90_000);

    protected override Task PrepareAsync()
    {
        _connection = new SqliteConnection($"Data Source={createFile()};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE job (id INTEGER PRIMARY KEY, uid BLOB NOT NULL, name TEXT NOT NULL, payload BLOB NOT NULL, state INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, done_at INTEGER); CREATE INDEX job_ready ON job (id) WHERE state = 0");
        _inserts = Channel.CreateUnbounded<(int, TaskCompletionSource)>();
        _loop = Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);
        return Task.CompletedTask;
    }

    protected override ValueTask EnqueueAsync() => new(EnqueueManyAsync(1));

    protected override Task EnqueueManyAsync(int count)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inserts.Writer.TryWrite((count, done));
        return done.Task;
    }

    protected override Task WorkAsync()
    {
        _works = true;
        _inserts.Writer.TryWrite((0, new TaskCompletionSource()));
        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync()
    {
        _inserts.Writer.Complete();
        await _loop!;
        _works = false;
        _connection!.Dispose();
    }

    private void Loop()
    {
        using var insert = _connection!.CreateCommand();
        insert.CommandText = "INSERT INTO job (uid, name, payload, created_at) VALUES ($uid, 'no-op', $payload, $now)";
        var uid = insert.Parameters.Add("$uid", SqliteType.Blob);
        var payload = insert.Parameters.Add("$payload", SqliteType.Blob);
        insert.Parameters.AddWithValue("$now", TimeProvider.System.GetUtcNow().Ticks);
        using var claim = _connection.CreateCommand();
        claim.CommandText = "UPDATE job SET state = 1 WHERE id IN (SELECT id FROM job WHERE state = 0 ORDER BY id LIMIT $n) RETURNING id, payload";
        claim.Parameters.AddWithValue("$n", ClaimSize);
        using var complete = _connection.CreateCommand();
        complete.CommandText = "UPDATE job SET state = 2, done_at = $now WHERE id = $id";
        var id = complete.Parameters.Add("$id", SqliteType.Integer);
        complete.Parameters.AddWithValue("$now", TimeProvider.System.GetUtcNow().Ticks);
        var waiting = new List<TaskCompletionSource>();
        var claimed = new List<long>();
        while (true)
        {
            waiting.Clear();
            using (var transaction = _connection.BeginTransaction())
            {
                insert.Transaction = claim.Transaction = complete.Transaction = transaction;
                foreach (var done in claimed)
                {
                    id.Value = done;
                    complete.ExecuteNonQuery();
                }

                var rows = 0;
                while (rows < ClaimSize && _inserts.Reader.TryRead(out var request))
                {
                    for (var i = 0; i < request.Count; i++)
                    {
                        uid.Value = JobId.New().Value.ToByteArray();
                        payload.Value = JsonSerializer.SerializeToUtf8Bytes(Mail.Sample);
                        insert.ExecuteNonQuery();
                    }

                    rows += request.Count;
                    waiting.Add(request.Done);
                }

                var finished = claimed.Count;
                claimed.Clear();
                if (_works)
                {
                    using var reader = claim.ExecuteReader();
                    while (reader.Read())
                    {
                        claimed.Add(reader.GetInt64(0));
                        _ = JsonSerializer.Deserialize<Mail>(reader.GetFieldValue<byte[]>(1));
                    }
                }

                transaction.Commit();
                Arrivals.Signal(finished);
            }

            foreach (var done in waiting)
            {
                done.SetResult();
            }

            if (claimed.Count == 0 && !_inserts.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                return;
            }
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection!.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
