using System.Diagnostics;
using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

internal sealed partial class PostgreSqlStorage
{
    private readonly CountPace _countPace = new();
    private Surplus? _surplus;

    /// <summary>Removes finished records beyond <see cref="PostgreSqlStorageOptions.MaxFinished"/>; in transactions of their own, which hold nothing else up.</summary>
    private async ValueTask<int> RemoveSurplusAsync(int maxFinished, int batchSize, CancellationToken cancellationToken)
    {
        if (_countPace.IsDue)
        {
            var start = Stopwatch.GetTimestamp();
            _surplus = await RunAsync((Storage: this, maxFinished), static (state, connection) => state.Storage.FindSurplusAsync(connection, state.maxFinished), cancellationToken).ConfigureAwait(false);
            _countPace.Counted(Stopwatch.GetElapsedTime(start));
        }

        // What was too much stays so: records that end later are newer.
        return _surplus is not { } last
            ? 0
            : await ScalarAsync<int>(
                $"SELECT {_schema}.remove_surplus($1,$2,$3,$4)",
                cancellationToken,
                Parameter(last.EndedAt),
                Parameter(last.Place.Pack),
                Parameter(last.Place.Slot),
                Parameter(batchSize)).ConfigureAwait(false);
    }

    private async Task<Surplus?> FindSurplusAsync(NpgsqlConnection connection, int maxFinished)
    {
        var command = new NpgsqlCommand($"SELECT ended_at, pack, slot FROM {_schema}.find_surplus($1)", connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(Parameter((long)maxFinished));
            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                return reader.IsDBNull(0) ? null : new Surplus(reader.GetDateTime(0), new JobPlace(reader.GetInt64(1), reader.GetInt32(2)));
            }
        }
    }

    /// <summary>The newest record that is too much.</summary>
    private sealed record Surplus(DateTime EndedAt, JobPlace Place);
}
