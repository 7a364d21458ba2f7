using System.Diagnostics;
using System.Transactions;
using Jobs.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>
/// Jobs in PostgreSQL. What it does is in the functions of Migrations/*.sql; here is how they are called: grouped inserts, runs
/// of outcomes, and the signals between processes.
/// </summary>
internal sealed partial class PostgreSqlStorage : IJobStorage
{
    private const int MaxConflicts = 5;

    private readonly NpgsqlDataSource _dataSource;
    private readonly bool _ownsDataSource;
    private readonly PostgreSqlStorageOptions _options;
    private readonly ILogger _logger;
    private readonly string _schema;
    private readonly string _channel;
    private readonly JobStorageListeners _signals = new();
    private readonly Reachability _reachability = new();
    private readonly KeptConnections _kept = new();
    private readonly InsertBatcher _inserts;

    /// <summary>
    /// Jobs with ids or idempotency keys of their callers, apart: an application's transaction that has taken a key holds up whoever
    /// wants the same, and must not hold up everybody else.
    /// </summary>
    private readonly InsertBatcher _keyedInserts;
    private readonly NotificationListener _listener;
    private readonly Announcer _announcer;

    /// <summary>What this instance calls itself in notifications, so that it passes over its own.</summary>
    private readonly string _sender = Guid.NewGuid().ToString("N")[..12];

    private JobIdCodec? _ids;
    private bool _disposed;

    public PostgreSqlStorage(NpgsqlDataSource dataSource, bool ownsDataSource, PostgreSqlStorageOptions options, ILogger logger)
    {
        SchemaName.Check(options.Schema);
        _dataSource = dataSource;
        _ownsDataSource = ownsDataSource;
        _options = options;
        _logger = logger;
        _schema = SchemaName.Quote(options.Schema);
        _channel = SchemaName.ChannelOf(options.Schema);
        _inserts = new InsertBatcher(StoreAloneAsync, StoreGroupAsync);
        _keyedInserts = new InsertBatcher(StoreAloneAsync, StoreGroupAsync);
        _listener = new NotificationListener(OpenAsync, _channel, _sender, OnNotification, OnListening, logger);
        _announcer = new Announcer(SendAsync, logger);
    }

    public StorageCapabilities Capabilities { get; } = new()
    {
        Name = "PostgreSQL",
        IsDurable = true,
        IsShared = true,
        SupportsTransactions = true,
        ExchangeConcurrency = 2,
        OutcomeLinger = TimeSpan.FromMilliseconds(1),
    };

    private JobIdCodec Ids => _ids ?? throw new InvalidOperationException("The storage has not been initialized.");

    public async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await new SchemaMigrator(_options).RunAsync(connection, cancellationToken).ConfigureAwait(false);
                await RequireReadCommittedAsync(connection, cancellationToken).ConfigureAwait(false);
                var command = new NpgsqlCommand($"SELECT signature FROM {_schema}.installation", connection);
                await using (command.ConfigureAwait(false))
                    _ids = new JobIdCodec((long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);
            }
        }
        catch (Exception e) when (e is not (JobException or OperationCanceledException))
        {
            throw StorageErrors.Translate(e);
        }
    }

    /// <summary>What the functions read after a lock must be what others committed before: a snapshot of the whole transaction would be too old.</summary>
    private static async Task RequireReadCommittedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT current_setting('transaction_isolation')", connection);
        await using (command.ConfigureAwait(false))
        {
            if ((string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))! is var isolation and not "read committed")
            {
                throw new JobException(
                    JobErrorCodes.Storage,
                    $"The server's sessions begin transactions at {isolation.ToUpperInvariant()}, and the jobs' own need READ COMMITTED. Give the jobs a role or a data source of their own without default_transaction_isolation (Options=-c default_transaction_isolation=read\\ committed in the connection string); transactions of the application may have any level.");
            }
        }
    }

    public IDisposable Subscribe(IJobStorageListener listener)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var subscription = _signals.Subscribe(listener);
        _listener.Start();
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        await _announcer.DisposeAsync().ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
        if (_control is { } control)
            await control.DisposeAsync().ConfigureAwait(false);

        await _kept.DisposeAsync().ConfigureAwait(false);
        _controlTurn.Dispose();
        _inserts.Dispose();
        _keyedInserts.Dispose();

        if (_ownsDataSource)
            await _dataSource.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A connection outside any ambient transaction, whatever the data source's settings say.</summary>
    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (Transaction.Current is null)
            return await OpenPlainAsync(cancellationToken).ConfigureAwait(false);

        using var none = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        var connection = await OpenPlainAsync(cancellationToken).ConfigureAwait(false);
        none.Complete();
        return connection;
    }

    private async ValueTask<NpgsqlConnection> OpenPlainAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            _reachability.Succeeded();
            return connection;
        }
        catch (Exception e) when (StorageErrors.IsOutage(e))
        {
            _reachability.Failed();
            throw;
        }
    }

    /// <summary>
    /// Runs statements on a connection of their own, again when the server took another transaction's side, and explains errors.
    /// The token counts until the connection is there: whatever was sent is waited for, so that a cancelled call changed nothing.
    /// </summary>
    private async ValueTask<T> RunAsync<TState, T>(TState state, Func<TState, NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(state, action, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (StorageErrors.IsConflict(e) && attempt < MaxConflicts)
            {
                Log.Conflict(_logger, e.SqlState, attempt);
            }
            catch (Exception e) when (e is not (JobException or OperationCanceledException))
            {
                if (StorageErrors.IsOutage(e))
                {
                    _reachability.Failed();
                    await _kept.ClearAsync().ConfigureAwait(false);
                }

                throw StorageErrors.Translate(e);
            }
        }
    }

    private async ValueTask<T> RunOnceAsync<TState, T>(TState state, Func<TState, NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        if (!_kept.TryTake(out var connection, out var openedAt))
            (connection, openedAt) = (await OpenAsync(cancellationToken).ConfigureAwait(false), Stopwatch.GetTimestamp());

        T result;
        try
        {
            result = await action(state, connection).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await _kept.ReturnAsync(connection, openedAt).ConfigureAwait(false);
        return result;
    }

    private async ValueTask<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        await RunAsync(
            (sql, parameters),
            static async (state, connection) =>
            {
                var command = new NpgsqlCommand(state.sql, connection);
                await using (command.ConfigureAwait(false))
                {
                    foreach (var parameter in state.parameters)
                        command.Parameters.Add(parameter.Clone());

                    return (T)(await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false))!;
                }
            },
            cancellationToken).ConfigureAwait(false);

    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);
}
