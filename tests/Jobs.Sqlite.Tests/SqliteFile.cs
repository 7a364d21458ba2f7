using Jobs.Storage;
using Jobs.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Jobs.Sqlite.Tests;

/// <summary>The base of tests about the file itself: a path in a directory of its own, and storages on it.</summary>
public abstract class SqliteFile : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<SqliteJobStorage> _storages = [];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ManualTimeProvider Clock { get; } = new();

    protected string DirectoryPath => _directory.Path;

    protected string FilePath => _directory.File();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var storage in _storages)
            await storage.DisposeAsync();

        SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    internal async Task<SqliteJobStorage> OpenAsync(Action<SqliteOptions>? configure = null, string? file = null)
    {
        var options = new SqliteOptions { TimeProvider = Clock };
        configure?.Invoke(options);
        var storage = new SqliteJobStorage(new SqliteDatabase($"Data Source={file ?? FilePath}", options), options, loggerFactory: null);
        _storages.Add(storage);
        await storage.InitializeAsync(Cancellation);
        return storage;
    }

    protected SqliteConnection Connect(string? file = null)
    {
        var connection = new SqliteConnection($"Data Source={file ?? FilePath}");
        connection.Open();
        return connection;
    }

    protected static object? Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    protected void Execute(string sql)
    {
        using var connection = Connect();
        Query(connection, sql);
    }

    protected static JobRecord Job(JobDetails? details = null, string name = "work", TimeSpan delay = default) =>
        new() { Name = name, Queue = "default", Payload = "{\"a\":1}"u8.ToArray(), Policy = JobPolicy.Default, Details = details, Delay = delay };

    internal static async Task<WorkExchange> ExchangeAsync(SqliteJobStorage storage, int maxJobs = 10, params IEnumerable<JobOutcome> outcomes)
    {
        IReadOnlyList<string> names = ["work"];
        await storage.HeartbeatAsync(new WorkerHeartbeat("worker", "host", null, TimeSpan.FromMinutes(1), names, []), Cancellation);
        var exchange = new WorkExchange { WorkerId = "worker", Names = names, MaxJobs = maxJobs };
        exchange.Outcomes.AddRange(outcomes);
        await storage.ExchangeAsync(exchange, Cancellation);
        return exchange;
    }
}
