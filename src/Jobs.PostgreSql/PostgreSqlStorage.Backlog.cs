using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    // A scan of the ranges: as many rows as there are runs of equal jobs, not as many as jobs.
    public async ValueTask<IReadOnlyList<QueueBacklog>> GetBacklogAsync(CancellationToken cancellationToken) =>
        await RunAsync(
            $"""
            SELECT q.queue, sum(q.hi - q.lo + 1)::bigint, extract(epoch FROM (SELECT {_schema}.clock()) - min(q.due_at))::double precision
            FROM (
                SELECT r.queue, r.hi, r.lo, r.due_at FROM {_schema}.ready r
                UNION ALL
                SELECT s.queue, s.hi, s.lo, s.due_at FROM {_schema}.scheduled s WHERE s.due_at <= (SELECT {_schema}.clock())) q
            GROUP BY q.queue ORDER BY q.queue
            """,
            static async (sql, connection) =>
            {
                var queues = new List<QueueBacklog>();
                var command = new NpgsqlCommand(sql, connection);
                await using (command.ConfigureAwait(false))
                {
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                            queues.Add(new QueueBacklog(reader.GetString(0), reader.GetInt64(1), TimeSpan.FromSeconds(Math.Max(0, reader.GetDouble(2)))));
                    }
                }

                return queues;
            },
            cancellationToken).ConfigureAwait(false);
}
