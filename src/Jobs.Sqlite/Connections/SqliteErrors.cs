using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jobs.Sqlite;

/// <summary>Turns SQLite's codes into errors that say what to do. No message carries a connection string or a payload.</summary>
internal static class SqliteErrors
{
    public static SqliteException From(sqlite3 connection, int code)
    {
        var extended = raw.sqlite3_extended_errcode(connection);
        return new SqliteException($"SQLite: {raw.sqlite3_errmsg(connection).utf8_to_string()} ({extended}).", code & 0xFF, extended);
    }

    /// <summary>The error for the caller; what is not SQLite's stays what it is.</summary>
    public static Exception Translate(Exception exception, string file, TimeSpan busyTimeout) =>
        exception is SqliteException sqlite
            ? new JobException(JobErrorCodes.Storage, Explain(sqlite, file, busyTimeout), innerException: sqlite)
            : exception;

    private static string Explain(SqliteException exception, string file, TimeSpan busyTimeout) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY when exception.SqliteExtendedErrorCode == raw.SQLITE_BUSY_SNAPSHOT =>
            $"The transaction read the file '{file}' before another connection wrote to it, so SQLite no longer lets it write. Begin it as a writing one (BeginTransaction(deferred: false), the default), or run it again.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            $"The jobs file '{file}' was locked by another connection for longer than {busyTimeout.TotalSeconds:0.###} s. If your own code holds a transaction on this file while it calls, " +
            "pass it as EnqueueOptions.Transaction, so that the job is written inside it; otherwise end the other transaction sooner, or raise SqliteOptions.BusyTimeout.",
        raw.SQLITE_NOTADB =>
            $"'{file}' is not a SQLite database. Point the connection string's Data Source at another path; the jobs file is created when it is missing.",
        raw.SQLITE_CORRUPT =>
            $"The jobs file '{file}' is damaged. Stop the application, keep a copy of the file with its -wal and -shm, and restore a backup or run '.recover' of the sqlite3 shell.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            $"The jobs file '{file}' cannot be written. Give the process write access to the file and to its directory, where SQLite keeps the -wal and -shm files.",
        raw.SQLITE_CANTOPEN =>
            $"The jobs file '{file}' cannot be opened. Check that its directory exists and that the process may read and write there.",
        raw.SQLITE_FULL =>
            $"There is no room left for the jobs file '{file}'. Nothing of this call was stored; make room on the disk.",
        _ => $"The jobs file '{file}' failed: {exception.Message}",
    };
}
