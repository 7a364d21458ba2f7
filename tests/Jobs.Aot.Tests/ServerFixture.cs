using Jobs.TestServers;
using Npgsql;

namespace Jobs.Aot.Tests;

/// <summary>One PostgreSQL server for all tests; each test has a database of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private PostgreSqlServer? _server;

    public async ValueTask InitializeAsync()
    {
        if (PostgreSqlServer.Unavailable is null)
            _server = await PostgreSqlServer.StartAsync("fsync = off");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>A new, empty database. Skips the test where no server can be had, which the machine that decides about a change may not lack.</summary>
    public Task<string> CreateDatabaseAsync()
    {
        if (_server is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", PostgreSqlServer.Unavailable);
            Assert.Skip(PostgreSqlServer.Unavailable!);
        }

        return _server.CreateDatabaseAsync();
    }
}
