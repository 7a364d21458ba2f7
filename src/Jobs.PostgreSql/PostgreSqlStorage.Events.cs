using Jobs.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public async ValueTask AppendEventsAsync(IReadOnlyList<JobEvent> events, TimeSpan retention, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return;

        await ScalarAsync<object?>(
            $"SELECT {_schema}.append_events($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
            cancellationToken,
            Parameter(Columns.Of(events, e => (DateTime?)e.At.UtcDateTime)),
            Parameter(Columns.Of(events, e => (short)e.Kind)),
            Parameter(Columns.Of(events, e => e.JobId?.Value)),
            Parameter(Columns.Of(events, e => e.JobName)),
            Parameter(Columns.Of(events, e => e.Queue)),
            Parameter(Columns.Of(events, e => e.Tags.Count == 0 ? null : Text.ArrayLiteral(e.Tags))),
            Parameter(Columns.Of(events, e => e.Attempt)),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean, Value = Columns.Of(events, e => e.WillRetry) },
            Parameter(Columns.Of(events, e => (short)e.Reason)),
            Parameter(Columns.Of(events, e => Text.Clean(e.Message))),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double, Value = Columns.Of(events, e => e.Progress) },
            Parameter((long?)Milliseconds(retention))).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<JobEvent>> ReadEventsAsync(JobEventQuery query, CancellationToken cancellationToken) =>
        await RunAsync(
            (Schema: _schema, query),
            static async (state, connection) =>
            {
                var events = new List<JobEvent>();
                var command = new NpgsqlCommand(
                    $"""
                    SELECT e.sequence, e.at, e.kind, e.job, e.name, e.queue, e.tags, e.attempt, e.will_retry, e.reason, e.message, e.progress
                    FROM {state.Schema}.event e
                    WHERE e.sequence > $1 {(state.query.JobId is null ? string.Empty : "AND e.job = $3")}
                    ORDER BY e.sequence LIMIT $2
                    """,
                    connection);
                await using (command.ConfigureAwait(false))
                {
                    command.Parameters.Add(Parameter((long?)state.query.AfterSequence));
                    command.Parameters.Add(Parameter((int?)state.query.Limit));
                    if (state.query.JobId is { } id)
                        command.Parameters.Add(Parameter(id.Value));

                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                    {
                        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                            events.Add(ReadEvent(reader));
                    }
                }

                return events;
            },
            cancellationToken).ConfigureAwait(false);

    public ValueTask<long> GetLastEventAsync(CancellationToken cancellationToken) =>
        ScalarAsync<long>($"SELECT coalesce((SELECT max(e.sequence) FROM {_schema}.event e), pg_sequence_last_value(pg_get_serial_sequence('{_schema}.event', 'sequence')::regclass), 0)", cancellationToken);

    private static JobEvent ReadEvent(NpgsqlDataReader reader) => new()
    {
        Sequence = reader.GetInt64(0),
        At = reader.GetDateTime(1),
        Kind = (JobEventKind)reader.GetInt16(2),
        JobId = reader.IsDBNull(3) ? null : new JobId(reader.GetGuid(3)),
        JobName = reader.IsDBNull(4) ? null : reader.GetString(4),
        Queue = reader.IsDBNull(5) ? null : reader.GetString(5),
        Tags = reader.IsDBNull(6) ? [] : reader.GetFieldValue<string[]>(6),
        Attempt = reader.GetInt32(7),
        WillRetry = reader.GetBoolean(8),
        Reason = (FailureReason)reader.GetInt16(9),
        Message = reader.IsDBNull(10) ? null : reader.GetString(10),
        Progress = reader.IsDBNull(11) ? null : reader.GetDouble(11),
    };
}
