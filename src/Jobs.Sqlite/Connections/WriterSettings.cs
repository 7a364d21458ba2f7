using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jobs.Sqlite;

/// <summary>How the writer's connection is set up.</summary>
internal static class WriterSettings
{
    /// <exception cref="JobException">The file system cannot do write-ahead logging.</exception>
    public static void Apply(SqliteConnection connection, SqliteDatabase database)
    {
        using var statements = new StatementSet(connection.Handle!);
        var mode = SwitchToWal(connection, database.BusyTimeout);
        if (!string.Equals(mode, "wal", StringComparison.OrdinalIgnoreCase))
        {
            throw new JobException(
                JobErrorCodes.Storage,
                $"'{database.File}' cannot use write-ahead logging (SQLite stays in mode '{mode}'). The file must be on a local disk, not on a network share.");
        }

        // 16 MiB of pages hold the hot tables' upper levels; a checkpoint every 16 MiB, because each one waits for the disk twice.
        statements.Execute("PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;");
    }

    /// <summary>The switch needs the file for itself for a moment, and SQLite does not always wait for it by itself.</summary>
    private static string SwitchToWal(SqliteConnection connection, TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var statement = new SqliteStatement(connection.Handle!, "PRAGMA journal_mode = WAL");
                statement.Step();
                var mode = statement.Text(0);
                statement.Run();
                return mode;
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && Stopwatch.GetElapsedTime(started) < timeout)
            {
                Thread.Sleep(5);
            }
        }
    }
}
