using Jobs.Chaos.Tests.Databases;
using Jobs.TestServers;
using Npgsql;
using Xunit;

namespace Jobs.Chaos.Tests;

/// <summary>A server for the scenarios of a class; each scenario has a database of its own.</summary>
public sealed class ChaosServer : PostgreSqlFixture
{
    /// <summary>Few, so that they can be used up.</summary>
    public const int MaxConnections = 60;

    /// <summary>The server, for scenarios that break it: it must be the tests' own.</summary>
    public PostgreSqlServer OwnServer
    {
        get
        {
            Assert.SkipUnless(Server.IsOwn, $"{PostgreSqlServer.Variable} names a server, which is not broken for a test.");
            return Server;
        }
    }

    /// <summary>What is committed without waiting for the disk stays unwritten for long: a crash shall cost something.</summary>
    protected override IEnumerable<string> Settings => [$"max_connections = {MaxConnections}", "wal_writer_delay = 10s", "restart_after_crash = on"];

    internal async Task<PostgreSqlChaosDatabase> CreateChaosDatabaseAsync()
    {
        // Pooled connections do not know that the server was restarted.
        NpgsqlConnection.ClearAllPools();
        return new PostgreSqlChaosDatabase(await CreateDatabaseAsync());
    }
}
