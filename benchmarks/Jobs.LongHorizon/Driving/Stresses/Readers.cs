using Npgsql;

namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>Four connections at REPEATABLE READ that scan the hot tables again and again, each several times within one snapshot.</summary>
internal sealed class Readers() : Stress("readers", "4 readers at REPEATABLE READ")
{
    private const int Count = 4;
    private const int ScansPerSnapshot = 20;
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stopping = new();
    private Task _reading = Task.CompletedTask;

    public override Task BeginAsync(Stage stage)
    {
        _reading = Task.WhenAll(Enumerable.Range(0, Count).Select(_ => ReadAsync(stage)));
        return Task.CompletedTask;
    }

    public override async Task EndAsync(Stage stage)
    {
        await _stopping.CancelAsync();
        await _reading;
        _stopping.Dispose();
    }

    private async Task ReadAsync(Stage stage)
    {
        await using var connection = await ConnectAsync(stage);
        while (!_stopping.IsCancellationRequested)
        {
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, CancellationToken.None);
            for (var i = 0; i < ScansPerSnapshot && !_stopping.IsCancellationRequested; i++)
            {
                await using var command = new NpgsqlCommand("SELECT (SELECT count(*) FROM jobs.job) + (SELECT count(*) FROM jobs.ready) + (SELECT count(*) FROM jobs.lease) + (SELECT count(*) FROM jobs.receipt)", connection, transaction);
                await command.ExecuteScalarAsync(CancellationToken.None);
                await Task.Delay(_between, CancellationToken.None);
            }
        }
    }
}
