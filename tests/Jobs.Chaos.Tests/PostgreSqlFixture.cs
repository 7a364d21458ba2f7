using Jobs.Chaos.Tests.Databases;
using Jobs.TestServers;
using Npgsql;
using Xunit;

namespace Jobs.Chaos.Tests;

/// <summary>A server for the scenarios of a class; each scenario has a database of its own.</summary>
public sealed class PostgreSqlFixture : IAsyncLifetime
{
    /// <summary>Few, so that they can be used up.</summary>
    public const int MaxConnections = 60;

    private readonly List<string> _databases = [];
    private PostgreSqlServer? _server;

    /// <summary>The server.</summary>
    public PostgreSqlServer Server
    {
        get
        {
            if (PostgreSqlServer.Unavailable is { } reason)
            {
                // What a machine of a developer may lack, the one that decides about a change may not.
                Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
                Assert.Skip(reason);
            }

            return _server!;
        }
    }

    /// <summary>The server, for scenarios that break it: it must be the tests' own.</summary>
    public PostgreSqlServer OwnServer
    {
        get
        {
            Assert.SkipUnless(Server.IsOwn, $"{PostgreSqlServer.Variable} names a server, which is not broken for a test.");
            return Server;
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // What is committed without waiting for the disk stays unwritten for long: a crash shall cost something.
        if (PostgreSqlServer.Unavailable is null)
            _server = await PostgreSqlServer.StartAsync($"max_connections = {MaxConnections}", "wal_writer_delay = 10s", "restart_after_crash = on");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;

        if (!_server.IsOwn)
            await DropDatabasesAsync(_server.ConnectionString);

        await _server.DisposeAsync();
    }

    internal async Task<PostgreSqlChaosDatabase> CreateDatabaseAsync()
    {
        // Pooled connections do not know that the server was restarted.
        NpgsqlConnection.ClearAllPools();
        var connectionString = await Server.CreateDatabaseAsync();
        _databases.Add(new NpgsqlConnectionStringBuilder(connectionString).Database!);
        return new PostgreSqlChaosDatabase(connectionString);
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
