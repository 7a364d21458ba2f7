using SQLitePCL;

namespace Jobs.Sqlite;

/// <summary>
/// Lets a connection of the application wait for locks while this storage writes on it. The ADO.NET provider waits in its own commands
/// only, so without this a deferred transaction whose first write is a job would fail whenever somebody else is just writing.
/// </summary>
internal readonly struct BusyTimeoutScope : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly int _before;

    public BusyTimeoutScope(sqlite3 connection, TimeSpan timeout)
    {
        _connection = connection;
        using (var read = new SqliteStatement(connection, "PRAGMA busy_timeout"))
            _before = read.Step() ? read.Int32(0) : 0;

        raw.sqlite3_busy_timeout(connection, (int)timeout.TotalMilliseconds);
    }

    public void Dispose() => raw.sqlite3_busy_timeout(_connection, _before);
}
