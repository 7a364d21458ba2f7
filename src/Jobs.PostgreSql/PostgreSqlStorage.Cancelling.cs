using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public async ValueTask<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var place = Ids.Decode(id);
        var answer = await ScalarAsync<int>(
            $"SELECT coalesce({_schema}.cancel(p.pack, p.slot), 0) FROM {_schema}.locate($1,$2,$3) p",
            cancellationToken,
            Parameter(id.Value),
            Parameter(place?.Pack),
            Parameter(place?.Slot)).ConfigureAwait(false);
        switch (answer)
        {
            case 1:
                return CancelOutcome.AlreadyEnded;
            case 2:
                _signals.JobEnded(id);
                AnnounceEnded();
                return CancelOutcome.Cancelled;
            case 3:
                _signals.CancelRequested(id);
                _announcer.Announce(Notification.Format(Notification.Cancel, id.ToString()));
                return CancelOutcome.Requested;
            default:
                return CancelOutcome.NotFound;
        }
    }

    public async ValueTask<IReadOnlyList<JobId>> GetCancelRequestsAsync(string workerId, CancellationToken cancellationToken) =>
        await RunAsync(
            (Storage: this, workerId),
            static async (state, connection) =>
            {
                var schema = state.Storage._schema;
                var ids = new List<JobId>();
                var command = new NpgsqlCommand(
                    $"""
                    SELECT c.pack, c.slot, (SELECT j.id FROM {schema}.job j WHERE j.pack = c.pack AND j.slot = c.slot)
                    FROM {schema}.cancel_request c
                    CROSS JOIN LATERAL (SELECT l.lo, l.worker FROM {schema}.lease l WHERE l.pack = c.pack AND l.hi >= c.slot ORDER BY l.hi LIMIT 1) l
                    WHERE l.lo <= c.slot AND l.worker = $1
                    """,
                    connection)
                { Parameters = { Parameter(state.workerId) } };
                await using (command.ConfigureAwait(false))
                {
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                            ids.Add(state.Storage.IdOf(reader, 0));
                    }
                }

                return ids;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>A job's id from three columns: pack, slot, and the caller's.</summary>
    private JobId IdOf(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column + 2)
            ? Ids.Encode(new JobPlace(reader.GetInt64(column), reader.GetInt32(column + 1)))
            : new JobId(reader.GetGuid(column + 2));
}
