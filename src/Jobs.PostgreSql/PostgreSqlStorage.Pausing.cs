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

    public async ValueTask<JobStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        var open = await ListAsync(
            $"""
            SELECT q.name, q.status, sum(q.jobs)::bigint
            FROM (
                SELECT p.name, 0 AS status, p.hi - p.lo + 1 AS jobs FROM {_schema}.pending p
                UNION ALL SELECT l.name, 1, l.hi - l.lo + 1 FROM {_schema}.lease l
                UNION ALL SELECT k.job_name, 2, 1 FROM {_schema}.parked k
                UNION ALL SELECT j.name, 2, 1 FROM {_schema}.waiting w JOIN {_schema}.job j ON j.pack = w.pack AND j.slot = w.slot
                WHERE EXISTS (SELECT FROM {_schema}.dependency d WHERE d.pack = w.pack AND d.slot = w.slot)) q
            GROUP BY q.name, q.status
            """,
            static reader => (Name: reader.GetString(0), Status: (JobStatus)reader.GetInt32(1), Jobs: reader.GetInt64(2)),
            cancellationToken).ConfigureAwait(false);

        // A receipt's jobs were due, claimed and completed together; the first of them stands for all.
        var ended = await ListAsync(
            $"""
            SELECT t.name, t.status, (t.ended_at AT TIME ZONE 'UTC')::date, sum(t.jobs)::bigint,
                t.took_bucket, sum(t.jobs * t.took), t.waited_bucket, sum(t.jobs * t.waited)
            FROM (
                SELECT j.name, q.status, q.ended_at, q.jobs, m.took, m.waited,
                    ceil(8 * ln(greatest(m.took, 1)) / ln(2))::integer AS took_bucket, ceil(8 * ln(greatest(m.waited, 1)) / ln(2))::integer AS waited_bucket
                FROM (
                    SELECT r.pack, r.lo AS slot, 3 AS status, r.hi - r.lo + 1 AS jobs, r.started_at, r.ended_at, r.attempt FROM {_schema}.receipt r
                    UNION ALL
                    SELECT e.pack, e.slot, e.status, 1, NULL, e.ended_at, e.attempt FROM {_schema}.ended e) q
                JOIN {_schema}.job j ON j.pack = q.pack AND j.slot = q.slot
                CROSS JOIN LATERAL (
                    SELECT extract(epoch FROM q.ended_at - q.started_at)::double precision * 1000000 AS took,
                        CASE q.attempt WHEN 1 THEN extract(epoch FROM q.started_at - coalesce(j.run_at, j.created_at))::double precision * 1000000 END AS waited) m) t
            GROUP BY t.name, t.status, (t.ended_at AT TIME ZONE 'UTC')::date, t.took_bucket, t.waited_bucket
            """,
            static reader => (
                Name: reader.GetString(0),
                Status: (JobStatus)reader.GetInt32(1),
                Day: reader.GetFieldValue<DateOnly>(2),
                Jobs: reader.GetInt64(3),
                Took: reader.IsDBNull(5) ? ((int, double)?)null : (reader.GetInt32(4), reader.GetDouble(5)),
                Waited: reader.IsDBNull(7) ? ((int, double)?)null : (reader.GetInt32(6), reader.GetDouble(7))),
            cancellationToken).ConfigureAwait(false);
        var statistics = new JobStatisticsBuilder();
        foreach (var (name, status, jobs) in open)
            statistics.AddOpen(name, status, jobs);

        foreach (var (name, status, day, jobs, took, waited) in ended)
            statistics.AddEnded(name, status, day, jobs, took, waited);

        var now = await ScalarAsync<DateTime>($"SELECT {_schema}.clock()", cancellationToken).ConfigureAwait(false);
        return statistics.Build(now);
    }

    private async ValueTask<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        await RunAsync(
            (sql, read, parameters),
            static async (state, connection) =>
            {
                var rows = new List<T>();
                var command = new NpgsqlCommand(state.sql, connection);
                await using (command.ConfigureAwait(false))
                {
                    foreach (var parameter in state.parameters)
                        command.Parameters.Add(parameter.Clone());

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
