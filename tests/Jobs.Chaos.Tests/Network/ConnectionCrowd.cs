using System.Diagnostics;
using Npgsql;

namespace Jobs.Chaos.Tests.Network;

/// <summary>Foreign sessions that take every connection that the server has left.</summary>
internal sealed class ConnectionCrowd(string connectionString) : IAsyncDisposable
{
    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "crowd" }.ConnectionString;
    private readonly List<NpgsqlConnection> _connections = [];
    private readonly Stopwatch _age = Stopwatch.StartNew();

    public TimeSpan Age => _age.Elapsed;

    public async Task FillAsync()
    {
        while (true)
        {
            var connection = new NpgsqlConnection(_connectionString);
            try
            {
                await connection.OpenAsync();
                _connections.Add(connection);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();
    }
}
