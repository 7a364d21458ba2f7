using Npgsql;

namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>Twice a second the server ends one of the runner's connections.</summary>
internal sealed class BackendKills() : Stress("backends", "backends killed, two per second")
{
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _stopping = new();
    private Task _killing = Task.CompletedTask;

    public override Task BeginAsync(Stage stage)
    {
        _killing = KillAsync(stage);
        return Task.CompletedTask;
    }

    public override async Task EndAsync(Stage stage)
    {
        await _stopping.CancelAsync();
        await _killing;
        _stopping.Dispose();
    }

    private async Task KillAsync(Stage stage)
    {
        await using var connection = await ConnectAsync(stage);
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> $1 AND backend_type = 'client backend' ORDER BY random() LIMIT 1",
            connection);
        command.Parameters.Add(new() { Value = Stage.ApplicationName });
        while (!_stopping.IsCancellationRequested)
        {
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            await Task.Delay(_between, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
