using Jobs.PostgreSql.Tests;
using Jobs.TestServers;
using Npgsql;

[assembly: AssemblyFixture(typeof(ServerFixture))]

namespace Jobs.PostgreSql.Tests;

/// <summary>One server and one database for all tests; each test has a schema of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private PostgreSqlServer? _server;
    private PgBouncer? _bouncer;
    private string? _database;

    /// <summary>The server.</summary>
    public PostgreSqlServer Server
    {
        get
        {
            SkipUnlessAvailable(PostgreSqlServer.Unavailable);
            return _server!;
        }
    }

    /// <summary>The connection string to the tests' database.</summary>
    public string ConnectionString
    {
        get
        {
            SkipUnlessAvailable(PostgreSqlServer.Unavailable);
            return _database!;
        }
    }

    /// <summary>The same through a pooler in transaction mode.</summary>
    public string PooledConnectionString
    {
        get
        {
            SkipUnlessAvailable(PostgreSqlServer.Unavailable ?? PgBouncer.Unavailable);
            return _bouncer!.Through(_database!);
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (PostgreSqlServer.Unavailable is not null)
            return;

        _server = await PostgreSqlServer.StartAsync("fsync = off");
        _database = await _server.CreateDatabaseAsync();
        if (PgBouncer.Unavailable is null)
            _bouncer = await PgBouncer.StartAsync(_database);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_bouncer is not null)
            await _bouncer.DisposeAsync();

        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>What a machine of a developer may lack, the one that decides about a change may not.</summary>
    private static void SkipUnlessAvailable(string? reason)
    {
        if (reason is null)
            return;

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Skip(reason);
    }
}
