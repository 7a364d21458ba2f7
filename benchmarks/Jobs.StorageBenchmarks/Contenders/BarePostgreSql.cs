using System.Text.Json;
using Jobs.Benchmarks;
using Npgsql;
using NpgsqlTypes;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>
/// The reference on PostgreSQL: one table with a state column; inserts by unnest, claims of 500 by SKIP LOCKED, completion in
/// batches, two connections. No lease, no retries, no history. The planner settings are those under which it runs best.
/// </summary>
internal sealed class BarePostgreSql(Func<Task<string>> createDatabase, CpuMeter meter) : LocalContender(meter)
{
    private const int ClaimSize = 500;
    private CancellationTokenSource _stopping = new();
    private readonly List<Task> _workers = [];
    private NpgsqlDataSource? _source;

    public override string Name => "bare Npgsql loop";

    public override string Configuration => $"Npgsql {Versions.Of(typeof(NpgsqlConnection))}: one table with a state column, inserts by unnest, claims of 500 by SKIP LOCKED, completion in batches, two connections, the planner settings under which it runs best; no lease, retries or history";

    public override Pace Pace { get; } = new(80_000, (2_000, 7_000, 8_000), 60_000, 50_000);

    protected override async Task PrepareAsync()
    {
        _stopping = new CancellationTokenSource();
        _workers.Clear();
        var settings = new NpgsqlConnectionStringBuilder(await createDatabase()) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 1, Options = "-c enable_seqscan=off -c enable_bitmapscan=off" };
        _source = NpgsqlDataSource.Create(settings.ConnectionString);
        await using var command = _source.CreateCommand(
            """
            CREATE TABLE job (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, uid uuid NOT NULL, name text NOT NULL, payload bytea NOT NULL,
                              state smallint NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now(), attempt int NOT NULL DEFAULT 0, done_at timestamptz);
            CREATE INDEX ON job (id) WHERE state = 0;
            """);
        await command.ExecuteNonQueryAsync();
    }

    protected override ValueTask EnqueueAsync() => new(EnqueueManyAsync(1));

    protected override async Task EnqueueManyAsync(int count)
    {
        var ids = new Guid[count];
        var payloads = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            ids[i] = JobId.New().Value;
            payloads[i] = JsonSerializer.SerializeToUtf8Bytes(Mail.Sample);
        }

        await using var command = _source!.CreateCommand("INSERT INTO job (uid, name, payload) SELECT u, 'no-op', p FROM unnest($1, $2) AS t(u, p)");
        command.Parameters.Add(new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = payloads, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync();
    }

    protected override Task WorkAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            _workers.Add(Task.Run(() => WorkLoopAsync(_stopping.Token)));
        }

        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
        await _source!.DisposeAsync();
    }

    private async Task WorkLoopAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source!.OpenConnectionAsync(CancellationToken.None);
        await using var claim = new NpgsqlCommand(
            """
            UPDATE job SET state = 1, attempt = attempt + 1
            FROM (SELECT id FROM job WHERE state = 0 ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) AS next
            WHERE job.id = next.id RETURNING job.id, job.payload
            """,
            connection);
        claim.Parameters.Add(new() { Value = ClaimSize });
        await using var complete = new NpgsqlCommand("UPDATE job SET state = 2, done_at = now() WHERE id = ANY($1)", connection);
        var parameter = complete.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = Array.Empty<long>() });
        var ids = new List<long>();
        while (!cancellationToken.IsCancellationRequested)
        {
            ids.Clear();
            await using (var reader = await claim.ExecuteReaderAsync(CancellationToken.None))
            {
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    ids.Add(reader.GetInt64(0));
                    _ = JsonSerializer.Deserialize<Mail>(reader.GetFieldValue<byte[]>(1));
                }
            }

            if (ids.Count == 0)
            {
                await Task.Delay(5, CancellationToken.None);
                continue;
            }

            parameter.Value = ids.ToArray();
            await complete.ExecuteNonQueryAsync(CancellationToken.None);
            Arrivals.Signal(ids.Count);
        }
    }
}
