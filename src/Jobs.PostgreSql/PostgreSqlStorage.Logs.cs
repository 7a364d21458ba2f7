using System.Collections.Frozen;
using Jobs.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    public async ValueTask<IReadOnlyList<int>> AppendLogsAsync(IReadOnlyList<JobLogLine> lines, int maxLines, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var refused = new HashSet<int>();
        var placed = new List<(int Index, JobPlace Place)>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            if (await FindPlaceAsync(lines[i].Id, cancellationToken).ConfigureAwait(false) is { } place)
                placed.Add((i, place));
            else
                refused.Add(i);
        }

        var indexes = await RunAsync(
            (Sql: $"SELECT * FROM {_schema}.append_logs($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)", lines, placed, maxLines),
            static (state, connection) => ReadIndexesAsync(
                state.Sql,
                connection,
                Parameter(Columns.Of(state.placed, p => p.Place.Pack)),
                Parameter(Columns.Of(state.placed, p => p.Place.Slot)),
                Parameter(Columns.Of(state.placed, p => state.lines[p.Index].Lease.Token)),
                Parameter(Columns.Of(state.placed, p => state.lines[p.Index].Lease.Nonce)),
                Parameter(Columns.Of(state.placed, p => state.lines[p.Index].Attempt)),
                Parameter(Columns.Of(state.placed, p => (DateTime?)state.lines[p.Index].At.UtcDateTime)),
                Parameter(Columns.Of(state.placed, p => (short)state.lines[p.Index].Level)),
                Parameter(Columns.Of(state.placed, p => Text.Clean(state.lines[p.Index].Message))),
                Parameter(Columns.Of(state.placed, p => state.lines[p.Index].Fields is { } fields ? JobColumns.ToJson(fields) : null)),
                Parameter((int?)state.maxLines)),
            cancellationToken).ConfigureAwait(false);
        foreach (var i in indexes)
            refused.Add(placed[i - 1].Index);

        return [.. refused.Order()];
    }

    public async ValueTask<JobLogPage?> ReadLogsAsync(JobId id, long afterLine, int limit, CancellationToken cancellationToken) =>
        await RunAsync(
            (Storage: this, id, afterLine, limit),
            static async (state, connection) =>
            {
                var (schema, place) = (state.Storage._schema, state.Storage.Ids.Decode(state.id));

                // One statement, so that lines and state are of one moment.
                var command = new NpgsqlCommand(
                    $"""
                    SELECT {schema}.has_ended(p.pack, p.slot), g.line, g.at, g.level, g.message, g.attempt, g.fields::text
                    FROM {schema}.locate($1, $2, $3) p
                    LEFT JOIN LATERAL (
                        SELECT g.* FROM {schema}.log g WHERE g.pack = p.pack AND g.slot = p.slot AND g.line > $4 ORDER BY g.line LIMIT $5) g ON true
                    WHERE p.pack IS NOT NULL
                    ORDER BY g.line
                    """,
                    connection);
                await using (command.ConfigureAwait(false))
                {
                    command.Parameters.Add(Parameter(state.id.Value));
                    command.Parameters.Add(Parameter(place?.Pack));
                    command.Parameters.Add(Parameter(place?.Slot));
                    command.Parameters.Add(Parameter((long?)state.afterLine));
                    command.Parameters.Add(Parameter((int?)state.limit));
                    var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                        return await ReadLogPageAsync(reader).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);

    private static async Task<JobLogPage?> ReadLogPageAsync(NpgsqlDataReader reader)
    {
        List<JobLogEntry>? entries = null;
        var hasEnded = false;
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            entries ??= [];
            hasEnded = reader.GetBoolean(0);
            if (reader.IsDBNull(1))
                continue;

            entries.Add(new JobLogEntry(reader.GetInt64(1), reader.GetDateTime(2), (LogLevel)reader.GetInt16(3), reader.GetString(4), reader.GetInt32(5))
            {
                Fields = reader.IsDBNull(6) ? FrozenDictionary<string, string>.Empty : ClaimReader.ReadMetadata(reader.GetString(6)),
            });
        }

        return entries is null ? null : new JobLogPage(entries, hasEnded);
    }
}
