using Jobs.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jobs.Sqlite;

/// <summary>Jobs in a SQLite file. One writer, any number of readers; other processes may have the same file open.</summary>
internal sealed partial class SqliteJobStorage : IJobStorage
{
    private readonly SqliteDatabase _database;
    private readonly SqliteOptions _options;
    private readonly ILogger _logger;
    private readonly StorageListeners _listeners;
    private readonly ReadPool _readers;
    private readonly OutageDetector _outages;
    private readonly SurplusCounter _counter;
    private readonly SemaphoreSlim _initializing = new(1, 1);
    private SqliteWriter? _writer;
    private bool _isDisposed;

    public SqliteJobStorage(SqliteDatabase database, SqliteOptions options, ILoggerFactory? loggerFactory)
    {
        _database = database;
        _options = options;
        _logger = (ILogger?)loggerFactory?.CreateLogger<SqliteJobStorage>() ?? NullLogger.Instance;
        _listeners = new StorageListeners(_logger);
        _readers = new ReadPool(database, options.TimeProvider);
        _outages = new OutageDetector(options.TimeProvider);
        _counter = new SurplusCounter(options.MaxFinished, _readers);
    }

    public StorageCapabilities Capabilities { get; } = new()
    {
        Name = "SQLite",
        IsDurable = true,
        IsShared = true,
        SupportsTransactions = true,
        ExchangeConcurrency = 2, // While one waits for the disk, the next is put together; both may share a commit.
        OutcomeLinger = TimeSpan.FromMilliseconds(1),
    };

    private SqliteWriter Writer => _writer ?? throw new InvalidOperationException("The jobs storage has not been initialized.");

    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        await _initializing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _writer ??= OpenWriter();
        }
        catch (SqliteException exception)
        {
            throw _database.Translate(exception);
        }
        finally
        {
            _initializing.Release();
        }
    }

    public IDisposable Subscribe(IJobStorageListener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return _listeners.Add(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _initializing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isDisposed)
                return;

            _isDisposed = true;
            _listeners.Changed = null;
            _readers.Dispose();
            if (_writer is not null)
                await _writer.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _initializing.Release();
        }
    }

    private SqliteWriter OpenWriter()
    {
        _database.RequireDirectory();
        var connection = _database.Open();
        try
        {
            WriterSettings.Apply(connection, _database);
            SchemaMigrator.Migrate(connection, _database.File);
            if (_options.MaxFinished is not null)
            {
                using var statements = new StatementSet(connection.Handle!);
                statements["index-ends"].Run();
            }

            var writer = new SqliteWriter(_database, connection, _options, _listeners, _logger);
            _listeners.Changed = writer.OnListenersChanged;
            return writer;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
