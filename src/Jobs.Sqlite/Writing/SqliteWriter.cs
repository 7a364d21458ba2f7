using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Jobs.Sqlite;

/// <summary>
/// The one writer of this process: a thread with a connection. It runs all that waits in one transaction, so that concurrent callers
/// share a commit, and a lone caller waits for nobody. Each caller hears after the commit.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>A transaction of more jobs would save next to nothing, and let the others wait.</summary>
    private const int MaxWeight = 2000;

    private readonly SqliteDatabase _database;
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly SqliteOptions _options;
    private readonly StorageListeners _listeners;
    private readonly ILogger _logger;
    private readonly WriteSession _session;
    private readonly ChangeDetector _changes;
    private readonly WriteQueue _queue = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isRelaxed;

    public SqliteWriter(SqliteDatabase database, SqliteConnection connection, SqliteOptions options, StorageListeners listeners, ILogger logger)
    {
        _database = database;
        _connection = connection;
        _path = SqliteDatabase.PathOf(connection);
        _options = options;
        _listeners = listeners;
        _logger = logger;
        _session = new WriteSession(connection.Handle!, options.TimeProvider);
        _changes = new ChangeDetector(_session.Statements, listeners, options);
        _isRelaxed = options.Durability == SqliteDurability.Normal;
        _session.Statements.Execute(_isRelaxed ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
        new Thread(Work) { IsBackground = true, Name = "Jobs.Sqlite writer" }.Start();
    }

    /// <summary>Runs work in the next transaction.</summary>
    public async ValueTask<TResult> RunAsync<TResult>(Func<WriteSession, TResult> work, CancellationToken cancellationToken, int weight = 1, bool isRelaxed = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new WriteRequest<TResult>(work) { Weight = weight, IsRelaxed = isRelaxed };
        await _queue.AddAsync(request, cancellationToken).ConfigureAwait(false);
        return await request.Completion.ConfigureAwait(false);
    }

    /// <summary>Whether a connection has the same file open.</summary>
    public bool IsOn(SqliteConnection connection) => SqliteDatabase.IsSamePath(SqliteDatabase.PathOf(connection), _path);

    /// <summary>Begins or ends looking for changes of other connections.</summary>
    public void OnListenersChanged() => _queue.Nudge();

    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        await _stopped.Task.ConfigureAwait(false);
        _queue.Dispose();
    }

    private void Work()
    {
        var requests = new List<WriteRequest>();
        while (_queue.Take(requests, MaxWeight, _changes.NextLookIn))
        {
            if (requests.Count > 0)
                Run(requests);

            requests.Clear();
            LookForChanges();
        }

        _session.Dispose();
        _connection.Dispose();
        _stopped.SetResult();
    }

    private void Run(List<WriteRequest> requests)
    {
        var outcomes = new Exception?[requests.Count];
        try
        {
            SetDurability(requests);
            if (!TryTogether(requests))
                Apart(requests, outcomes);
        }
        catch (Exception exception)
        {
            // Neither the lock nor the commit was to be had: nothing of the transaction remains.
            RollBack();
            Array.Fill(outcomes, exception);
        }

        for (var i = 0; i < requests.Count; i++)
        {
            if (outcomes[i] is { } exception)
                requests[i].Fail(_database.Translate(exception));
            else
                requests[i].Succeed();
        }

        if (!Array.TrueForAll(outcomes, static outcome => outcome is not null))
            _listeners.Tell(_session.Signals);
    }

    /// <summary>The usual case: every request in turn, one commit. False when one of them failed and all was rolled back.</summary>
    private bool TryTogether(List<WriteRequest> requests)
    {
        _session.Statements["begin"].Run();
        _session.Start();
        foreach (var request in requests)
        {
            try
            {
                request.Run(_session);
            }
            catch (Exception)
            {
                // It fails again below, alone, and its caller hears of it then.
                RollBack();
                return false;
            }
        }

        _session.Finish();
        _session.Statements["commit"].Run();
        return true;
    }

    /// <summary>After a failure: every request behind a savepoint of its own, so that only those that fail are undone.</summary>
    private void Apart(List<WriteRequest> requests, Exception?[] outcomes)
    {
        _session.Statements["begin"].Run();
        _session.Start();
        for (var i = 0; i < requests.Count; i++)
        {
            _session.Statements["savepoint"].Run();
            try
            {
                requests[i].Run(_session);
            }
            catch (Exception exception) when (_session.IsInTransaction)
            {
                outcomes[i] = exception;
                _session.Statements["undo"].Run();
                _session.Forget();
            }

            _session.Statements["release"].Run();
        }

        _session.Finish();
        _session.Statements["commit"].Run();
    }

    private void RollBack()
    {
        _session.Forget();
        if (_session.IsInTransaction)
            _session.Statements["rollback"].Run();
    }

    private void SetDurability(List<WriteRequest> requests)
    {
        var isRelaxed = _options.Durability == SqliteDurability.Normal || requests.TrueForAll(static request => request.IsRelaxed);
        if (isRelaxed == _isRelaxed)
            return;

        _session.Statements.Execute(isRelaxed ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
        _isRelaxed = isRelaxed;
    }

    private void LookForChanges()
    {
        try
        {
            _changes.Look();
        }
        catch (SqliteException exception)
        {
            // Whoever listens polls as well; the next look may work again.
            SqliteLog.CannotLookForChanges(_logger, _database.Translate(exception));
        }
    }
}
