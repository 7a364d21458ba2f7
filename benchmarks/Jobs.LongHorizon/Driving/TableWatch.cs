using System.Net.Sockets;
using Npgsql;

namespace Jobs.LongHorizon.Driving;

/// <summary>Dead tuples and sizes of the product's tables; on one connection, made anew when it broke.</summary>
internal sealed class TableWatch(string connectionString) : IAsyncDisposable
{
    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = Stage.ApplicationName, CommandTimeout = 2, Timeout = 2 }.ConnectionString;
    private NpgsqlConnection? _connection;

    /// <summary>Nulls while the server does not answer.</summary>
    public async Task<(long? DeadTuples, double? MiB)> ReadAsync()
    {
        try
        {
            if (_connection is null)
            {
                _connection = new NpgsqlConnection(_connectionString);
                await _connection.OpenAsync();
            }

            await using var command = new NpgsqlCommand("SELECT coalesce(sum(n_dead_tup), 0)::bigint, coalesce(sum(pg_total_relation_size(relid)), 0)::float8 / 1048576 FROM pg_stat_user_tables WHERE schemaname = 'jobs'", _connection);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return (reader.GetInt64(0), reader.GetDouble(1));
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException or InvalidOperationException)
        {
            await DisposeAsync();
            return (null, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();

        _connection = null;
    }
}
