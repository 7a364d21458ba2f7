using System.Diagnostics;
using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    private readonly CountPace _countPace = new();
    private IReadOnlyList<RetentionBound> _countedBounds = [];
    private List<Surplus> _surplus = [];

    /// <summary>
    /// Removes finished records beyond <see cref="PostgreSqlStorageOptions.MaxFinished"/> and beyond the bounds of names, at most a batch in
    /// all; in transactions of their own, which hold nothing else up.
    /// </summary>
    private async ValueTask<int> RemoveSurplusAsync(MaintenanceRequest request, CancellationToken cancellationToken)
    {
        if (_options.MaxFinished is null && request.Bounds.Count == 0)
            return 0;

        if (_countPace.IsDue || !request.Bounds.SequenceEqual(_countedBounds))
        {
            var start = Stopwatch.GetTimestamp();
            var found = await RunAsync((Storage: this, request.Bounds), static (state, connection) => state.Storage.FindSurplusAsync(connection, state.Bounds), cancellationToken).ConfigureAwait(false);
            (_countedBounds, _surplus) = (request.Bounds, found);
            _countPace.Counted(Stopwatch.GetElapsedTime(start));
        }

        // What was too much stays so: records that end later are newer.
        var removed = 0;
        foreach (var surplus in _surplus)
        {
            if (removed < request.BatchSize)
                removed += await RemoveAsync(surplus, request.BatchSize - removed, cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    private ValueTask<int> RemoveAsync(Surplus surplus, int limit, CancellationToken cancellationToken) => surplus.Name is { } name
        ? ScalarAsync<int>(
            $"SELECT {_schema}.remove_surplus_of($1,$2,$3,$4,$5,$6)",
            cancellationToken,
            Parameter(name),
            Parameter(surplus.IsCompleted),
            Parameter(surplus.EndedAt),
            Parameter(surplus.Place.Pack),
            Parameter(surplus.Place.Slot),
            Parameter(limit))
        : ScalarAsync<int>(
            $"SELECT {_schema}.remove_surplus($1,$2,$3,$4)",
            cancellationToken,
            Parameter(surplus.EndedAt),
            Parameter(surplus.Place.Pack),
            Parameter(surplus.Place.Slot),
            Parameter(limit));

    private async Task<List<Surplus>> FindSurplusAsync(NpgsqlConnection connection, IReadOnlyList<RetentionBound> bounds)
    {
        var surplus = new List<Surplus>();
        if (_options.MaxFinished is { } max)
        {
            await ReadAsync(
                $"SELECT s.ended_at, s.pack, s.slot, NULL, false FROM {_schema}.find_surplus($1) s WHERE s.pack IS NOT NULL",
                Parameter((long)max)).ConfigureAwait(false);
        }

        if (bounds.Count > 0)
        {
            await ReadAsync(
                $"""
                SELECT s.ended_at, s.pack, s.slot, b.name, k.completed
                FROM unnest($1,$2,$3) b(name, completed, failed)
                CROSS JOIN LATERAL (VALUES (true, b.completed), (false, b.failed)) k(completed, kept)
                CROSS JOIN LATERAL {_schema}.find_surplus_of(b.name, k.completed, k.kept) s
                WHERE s.pack IS NOT NULL
                """,
                Parameter(Columns.Of(bounds, static b => b.Name)),
                Parameter(Columns.Of(bounds, static b => (long?)b.MaxCompleted)),
                Parameter(Columns.Of(bounds, static b => (long?)b.MaxFailed))).ConfigureAwait(false);
        }

        return surplus;

        async Task ReadAsync(string sql, params NpgsqlParameter[] parameters)
        {
            var command = new NpgsqlCommand(sql, connection);
            await using (command.ConfigureAwait(false))
            {
                command.Parameters.AddRange(parameters);
                var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                    {
                        surplus.Add(new Surplus(
                            reader.IsDBNull(3) ? null : reader.GetString(3),
                            reader.GetBoolean(4),
                            reader.GetDateTime(0),
                            new JobPlace(reader.GetInt64(1), reader.GetInt32(2))));
                    }
                }
            }
        }
    }

    /// <summary>The newest record that is too much: of all, or of those of one name that completed, or that did not.</summary>
    private sealed record Surplus(string? Name, bool IsCompleted, DateTime EndedAt, JobPlace Place);
}
