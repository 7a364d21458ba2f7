using System.Globalization;
using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public async ValueTask<JobSnapshot?> GetAsync(JobId id, JobParts parts, CancellationToken cancellationToken) =>
        await RunAsync(
            (Storage: this, id, parts),
            static async (state, connection) =>
            {
                var (storage, place) = (state.Storage, state.Storage.Ids.Decode(state.id));
                var command = new NpgsqlCommand(
                    $"""
                    SELECT {SnapshotReader.Columns(state.parts)}
                    FROM {storage._schema}.locate($1, $2, $3) p
                    JOIN {storage._schema}.job_state s ON s.pack = p.pack AND s.slot = p.slot
                    {SnapshotReader.Joins(storage._schema)}
                    """,
                    connection);
                await using (command.ConfigureAwait(false))
                {
                    command.Parameters.Add(Parameter(state.id.Value));
                    command.Parameters.Add(Parameter(place?.Pack));
                    command.Parameters.Add(Parameter(place?.Slot));
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                        return await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false) ? SnapshotReader.Read(reader, state.id, storage.Ids) : null;
                }
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<JobId>> GetEndedAsync(IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ids.Count == 0)
            return [];

        var asked = ids.ToArray();
        var places = Array.ConvertAll(asked, Ids.Decode);
        var indexes = await RunAsync(
            (Sql: $"SELECT * FROM {_schema}.ended_of($1,$2,$3)", asked, places),
            static (state, connection) => ReadIndexesAsync(
                state.Sql,
                connection,
                Parameter(Array.ConvertAll(state.asked, static id => (Guid?)id.Value)),
                Parameter(Array.ConvertAll(state.places, static p => p?.Pack)),
                Parameter(Array.ConvertAll(state.places, static p => p?.Slot))),
            cancellationToken).ConfigureAwait(false);
        return indexes.ConvertAll(i => asked[i - 1]);
    }

    public async ValueTask<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        var sql = new FilterSql(_schema, filter);
        if (filter.Cursor is { } cursor)
        {
            sql.AddCursor(Text.ParseCursor(cursor)
                ?? throw new JobException(JobErrorCodes.InvalidOption, $"'{cursor}' is not a cursor of this storage. Pass the NextCursor of the page before."));
        }

        return await RunAsync(
            (Storage: this, filter, sql),
            static (state, connection) => state.Storage.ListAsync(connection, state.filter, state.sql),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> CountAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        return await RunAsync(
            new FilterSql(_schema, filter),
            static async (sql, connection) =>
            {
                var command = new NpgsqlCommand(sql.Count, connection);
                await using (command.ConfigureAwait(false))
                {
                    sql.AddTo(command.Parameters);
                    return (long)(await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false))!;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<JobPage> ListAsync(NpgsqlConnection connection, JobFilter filter, FilterSql sql)
    {
        var parts = (filter.IncludePayload ? JobParts.Payload : JobParts.None) | (filter.IncludeResult ? JobParts.Result : JobParts.None);
        var limit = (filter.Limit + 1).ToString(CultureInfo.InvariantCulture);
        var offset = filter.Offset.ToString(CultureInfo.InvariantCulture);
        var command = new NpgsqlCommand(
            $"""
            SELECT {SnapshotReader.Columns(parts)}
            FROM (SELECT s.pack, s.slot FROM {sql.From(filter.Offset + filter.Limit + 1L)} {sql.Where} ORDER BY s.pack DESC, s.slot DESC LIMIT {limit} OFFSET {offset}) k
            CROSS JOIN LATERAL (SELECT * FROM {_schema}.job_state v WHERE v.pack = k.pack AND v.slot = k.slot OFFSET 0) s
            {SnapshotReader.Joins(_schema)}
            ORDER BY s.pack DESC, s.slot DESC
            """,
            connection);
        await using (command.ConfigureAwait(false))
        {
            sql.AddTo(command.Parameters);
            var jobs = new List<JobSnapshot>(filter.Limit);
            var last = default(JobPlace);
            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    if (jobs.Count == filter.Limit)
                        return new JobPage(jobs, Text.FormatCursor(last));

                    last = new JobPlace(reader.GetInt64(0), reader.GetInt32(1));
                    jobs.Add(SnapshotReader.Read(reader, IdOf(reader, 0), Ids));
                }
            }

            return new JobPage(jobs, null);
        }
    }
}
