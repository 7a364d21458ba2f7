using System.Data.Common;
using Jobs.Storage;
using Jobs.Storage.Conformance;
using Microsoft.Data.Sqlite;

namespace Jobs.Sqlite.Tests;

/// <summary>A fresh file per test, under a clock that is moved by hand.</summary>
internal sealed class SqliteHarness : StorageHarness
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SuspendableClock _clock = new();
    private readonly List<SqliteConnection> _connections = [];

    public string ConnectionString => $"Data Source={_directory.File()};Pooling=False";

    public override async ValueTask<IJobStorage> CreateAsync(CancellationToken cancellationToken)
    {
        var options = new SqliteOptions { TimeProvider = _clock, MaxFinished = MaxFinished };
        var storage = new SqliteJobStorage(new SqliteDatabase(ConnectionString, options), options, loggerFactory: null);
        await storage.InitializeAsync(cancellationToken);
        return storage;
    }

    public override ValueTask<IJobStorage> OpenAnotherAsync(CancellationToken cancellationToken) => CreateAsync(cancellationToken);

    public override ValueTask AdvanceAsync(TimeSpan by)
    {
        _clock.Pass(by);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<DateTimeOffset> GetNowAsync() => ValueTask.FromResult(_clock.GetUtcNow());

    public override bool CanWriteBesideTransactions => false;

    public override bool CanSimulateOutage => true;

    public override ValueTask SimulateOutageAsync(TimeSpan duration)
    {
        // For a file on the same machine, that is the machine asleep.
        _clock.Suspend(duration);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<DbTransaction> BeginTransactionAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<DbTransaction>(Open().BeginTransaction());

    public override ValueTask<IReadOnlyList<string>> FindInvariantViolationsAsync(CancellationToken cancellationToken)
    {
        using var connection = Open();
        return ValueTask.FromResult(Invariants.FindViolations(connection));
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            connection.Dispose();

        _directory.Dispose();
        return base.DisposeAsync();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        _connections.Add(connection);
        connection.Open();
        return connection;
    }
}
