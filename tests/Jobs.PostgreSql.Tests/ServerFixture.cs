using Jobs.PostgreSql.Tests;
using Jobs.TestServers;

[assembly: AssemblyFixture(typeof(ServerFixture))]

namespace Jobs.PostgreSql.Tests;

/// <summary>One server and one database for all tests; each test has a schema of its own.</summary>
public sealed class ServerFixture : PostgreSqlFixture
{
    private PgBouncer? _bouncer;
    private string? _database;

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
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (PostgreSqlServer.Unavailable is not null)
            return;

        _database = await CreateDatabaseAsync();
        if (PgBouncer.Unavailable is null)
            _bouncer = await PgBouncer.StartAsync(_database);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_bouncer is not null)
            await _bouncer.DisposeAsync();

        await base.DisposeAsync();
    }
}
