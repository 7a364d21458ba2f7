using Jobs.PostgreSql;
using Jobs.Sqlite;
using Jobs.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jobs.StorageBenchmarks.Control;

/// <summary>A storage on a new database, and statements of one's own on it.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="FillAsync">Writes so many finished jobs.</param>
/// <param name="SettleAsync">Lets the database do what it would do by itself after a while.</param>
internal sealed record ControlStore(IJobStorage Storage, Func<int, Task> FillAsync, Func<Task> SettleAsync) : IAsyncDisposable
{
    public static async Task<ControlStore> OpenPostgreSqlAsync(string connectionString)
    {
        var source = NpgsqlDataSource.Create(connectionString + ";Command Timeout=0");
        var storage = new PostgreSqlStorage(source, ownsDataSource: true, new PostgreSqlStorageOptions(), NullLogger.Instance);
        await storage.InitializeAsync(default);
        return new ControlStore(storage, jobs => ExecuteAsync(source, FinishedJobs.PostgreSql(jobs)), () => ExecuteAsync(source, "VACUUM ANALYZE"));
    }

    public static async Task<ControlStore> OpenSqliteAsync(string file)
    {
        var options = new SqliteOptions();
        var connectionString = $"Data Source={file}";
        var storage = new SqliteJobStorage(new SqliteDatabase(connectionString, options), options, null);
        await storage.InitializeAsync(default);
        return new ControlStore(storage, jobs => ExecuteAsync(connectionString, FinishedJobs.Sqlite(jobs)), static () => Task.CompletedTask);
    }

    public ValueTask DisposeAsync() => Storage.DisposeAsync();

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
