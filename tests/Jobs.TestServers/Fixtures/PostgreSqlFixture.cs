using Npgsql;

namespace Jobs.TestServers;

/// <summary>One PostgreSQL server for many tests, and databases on it.</summary>
public class PostgreSqlFixture : Xunit.IAsyncLifetime
{
    private readonly List<string> _databases = [];
    private PostgreSqlServer? _server;

    /// <summary>The server. Skips the test where none can be had.</summary>
    public PostgreSqlServer Server
    {
        get
        {
            SkipUnlessAvailable(PostgreSqlServer.Unavailable);
            return _server!;
        }
    }

    /// <summary>Settings of an own server.</summary>
    protected virtual IEnumerable<string> Settings => ["fsync = off"];

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        if (PostgreSqlServer.Unavailable is null)
            _server = await PostgreSqlServer.StartAsync(Settings);
    }

    /// <summary>A new, empty database; the connection string to it. Skips the test where no server can be had.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var connectionString = await Server.CreateDatabaseAsync();
        lock (_databases)
            _databases.Add(new NpgsqlConnectionStringBuilder(connectionString).Database!);

        return connectionString;
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        NpgsqlConnection.ClearAllPools();
        if (_server is null)
            return;

        if (!_server.IsOwn)
            await DropDatabasesAsync(_server.ConnectionString);

        await _server.DisposeAsync();
    }

    /// <summary>What a machine of a developer may lack, the one that decides about a change may not.</summary>
    /// <param name="reason">What is missing; null when nothing is.</param>
    protected static void SkipUnlessAvailable(string? reason)
    {
        if (reason is null)
            return;

        Xunit.Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Xunit.Assert.Skip(reason);
    }

    private async Task DropDatabasesAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (var database in _databases)
        {
            await using var command = new NpgsqlCommand($"DROP DATABASE {database} WITH (FORCE)", connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
