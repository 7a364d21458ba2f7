using Npgsql;

namespace Jobs.LongHorizon.Driving.Stresses;

/// <summary>What a scenario does to the system between its calm beginning and its recovery.</summary>
/// <param name="key">For the command line.</param>
/// <param name="name">For the report.</param>
internal abstract class Stress(string key, string name)
{
    public string Key => key;

    public string Name => name;

    /// <summary>Whether it needs a server that may be stopped.</summary>
    public virtual bool NeedsOwnServer => false;

    public abstract Task BeginAsync(Stage stage);

    public abstract Task EndAsync(Stage stage);

    /// <summary>All of the harness that can be played with one process on one machine.</summary>
    public static IReadOnlyList<Stress> All() =>
    [
        new Steady(),
        new MoreLoad(),
        new HeldTransaction(),
        new Readers(),
        new Killed(),
        new BackendKills(),
        new PoolExhaustion(),
        new ServerRestart(),
    ];

    /// <summary>A connection of its own, outside pools.</summary>
    protected static async Task<NpgsqlConnection> ConnectAsync(Stage stage)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(stage.ConnectionString) { Pooling = false, ApplicationName = Stage.ApplicationName }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
