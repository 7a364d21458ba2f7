using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public async ValueTask<bool> SetPausedAsync(PauseScope scope, string key, bool isPaused, CancellationToken cancellationToken)
    {
        var sql = isPaused
            ? $"""
                WITH changed AS (
                    INSERT INTO {_schema}.pause (scope, key, paused_at)
                    SELECT $1, $2, (SELECT {_schema}.clock())
                    WHERE $1 <> 3 OR EXISTS (SELECT FROM {_schema}.worker w WHERE w.id = $2 AND w.dead_at IS NULL)
                    ON CONFLICT DO NOTHING RETURNING key)
                SELECT EXISTS (SELECT FROM changed)
                """
            : $"WITH changed AS (DELETE FROM {_schema}.pause p WHERE p.scope = $1 AND p.key = $2 RETURNING p.key) SELECT EXISTS (SELECT FROM changed)";
        var changed = await ScalarAsync<bool>(sql, cancellationToken, Parameter((int)scope), Parameter(key)).ConfigureAwait(false);
        if (changed && !isPaused)
            SignalReady();

        return changed;
    }

    public async ValueTask<IReadOnlyList<JobPause>> ListPausesAsync(CancellationToken cancellationToken) =>
        await ListAsync(
            $"SELECT p.scope::integer, p.key, p.paused_at FROM {_schema}.pause p ORDER BY p.paused_at, p.scope, p.key",
            static reader => new JobPause((PauseScope)reader.GetInt32(0), reader.GetString(1), reader.GetDateTime(2)),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<QueueInfo>> ListQueuesAsync(CancellationToken cancellationToken) =>
        await ListAsync(
            $"""
            SELECT q.queue, sum(q.pending)::bigint, sum(q.running)::bigint, t.now - min(q.oldest_at) FILTER (WHERE q.oldest_at <= t.now), bool_or(q.is_paused)
            FROM (
                SELECT w.queue, w.hi - w.lo + 1 AS pending, 0 AS running, w.due_at AS oldest_at, false AS is_paused FROM {_schema}.pending w
                UNION ALL SELECT l.queue, 0, l.hi - l.lo + 1, NULL, false FROM {_schema}.lease l
                UNION ALL SELECT p.key, 0, 0, NULL, true FROM {_schema}.pause p WHERE p.scope = 1) q
            CROSS JOIN (SELECT (SELECT {_schema}.clock()) AS now) t
            GROUP BY q.queue, t.now
            ORDER BY q.queue COLLATE "C"
            """,
            static reader => new QueueInfo(reader.GetString(0), reader.GetBoolean(4), reader.GetInt64(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetTimeSpan(3)),
            cancellationToken).ConfigureAwait(false);

    private async ValueTask<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        await RunAsync(
            (sql, read),
            static async (state, connection) =>
            {
                var rows = new List<T>();
                var command = new NpgsqlCommand(state.sql, connection);
                await using (command.ConfigureAwait(false))
                {
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                            rows.Add(state.read(reader));
                    }
                }

                return rows;
            },
            cancellationToken).ConfigureAwait(false);
}
