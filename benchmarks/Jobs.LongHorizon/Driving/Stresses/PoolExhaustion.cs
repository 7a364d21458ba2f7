using Npgsql;

namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>Idle connections take all that the server has left.</summary>
internal sealed class PoolExhaustion() : Stress("pool", "all connections of the server taken")
{
    private const int Most = 1000;
    private readonly List<NpgsqlConnection> _idle = [];

    public override async Task BeginAsync(Stage stage)
    {
        try
        {
            while (_idle.Count < Most)
                _idle.Add(await ConnectAsync(stage));
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.TooManyConnections)
        {
        }
    }

    public override async Task EndAsync(Stage stage)
    {
        foreach (var connection in _idle)
            await connection.DisposeAsync();

        _idle.Clear();
    }
}
