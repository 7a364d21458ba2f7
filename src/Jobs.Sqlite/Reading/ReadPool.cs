using System.Collections.Concurrent;

namespace Jobs.Sqlite;

/// <summary>
/// Connections for reading. In WAL mode a reader sees the last commit and neither waits for the writer nor holds it up. A read runs on
/// the caller's thread, so there are never more connections than threads that read at once; a few are kept.
/// </summary>
internal sealed class ReadPool(SqliteDatabase database, TimeProvider timeProvider) : IDisposable
{
    private const int MaxIdle = 8;

    private readonly ConcurrentBag<ReadSession> _idle = [];
    private volatile bool _isDisposed;

    /// <summary>Runs a read in one transaction, so that its statements see one state.</summary>
    public TResult Read<TResult>(Func<ReadSession, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(SqliteJobStorage));
        ReadSession? session = null;
        var isHealthy = false;
        try
        {
            session = Take();
            session.Statements["read-begin"].Run();
            var result = read(session);
            session.Statements["commit"].Run();
            isHealthy = true;
            return result;
        }
        catch (Microsoft.Data.Sqlite.SqliteException exception)
        {
            throw database.Translate(exception);
        }
        finally
        {
            if (session is not null)
                GiveBack(session, isHealthy);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var session))
            session.Dispose();
    }

    private ReadSession Take() => _idle.TryTake(out var session) ? session : new ReadSession(database.Open(), timeProvider);

    private void GiveBack(ReadSession session, bool isHealthy)
    {
        if (!isHealthy || _idle.Count >= MaxIdle || _isDisposed)
        {
            session.Dispose();
            return;
        }

        _idle.Add(session);
        if (_isDisposed)
            Dispose();
    }
}
