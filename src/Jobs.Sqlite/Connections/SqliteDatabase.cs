using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jobs.Sqlite;

/// <summary>The file: opens connections to it and knows which file it is.</summary>
internal sealed class SqliteDatabase
{
    private readonly string _connectionString;
    private readonly bool _hasPassword;
    private readonly SqliteOptions _options;

    public SqliteDatabase(string connectionString, SqliteOptions options)
    {
        Batteries_V2.Init();
        _options = options;
        var builder = Parse(connectionString);
        if (builder.DataSource is "" or ":memory:" || builder.Mode == SqliteOpenMode.Memory)
            throw new JobException(JobErrorCodes.Configuration, "UseSqlite needs a file, such as 'Data Source=jobs.db'. For jobs that live in memory, call UseInMemory().");

        if (builder.Mode == SqliteOpenMode.ReadOnly)
            throw new JobException(JobErrorCodes.Configuration, "UseSqlite must write: take 'Mode=ReadOnly' out of the connection string.");

        // Connections are kept open here, so the provider's pool would only delay the closing of the file; a shared cache would make readers wait for the writer.
        builder.Pooling = false;
        builder.Cache = SqliteCacheMode.Private;
        _connectionString = builder.ConnectionString;
        _hasPassword = builder.Password.Length > 0;
        File = builder.DataSource;
    }

    /// <summary>The path as configured, for messages.</summary>
    public string File { get; }

    /// <summary>How long a write waits for another one.</summary>
    public TimeSpan BusyTimeout => _options.BusyTimeout;

    /// <summary>The error for the caller.</summary>
    public Exception Translate(Exception exception) => SqliteErrors.Translate(exception, File, _options.BusyTimeout);

    /// <exception cref="JobException">There is no directory to hold the file.</exception>
    public void RequireDirectory()
    {
        var path = File.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || File.StartsWith('|') ? null : Path.GetDirectoryName(Path.GetFullPath(File));
        if (path is not null && !Directory.Exists(path))
            throw new JobException(JobErrorCodes.Storage, $"The directory '{path}' of the jobs file does not exist. Create it, or point the connection string's Data Source elsewhere.");
    }

    /// <summary>Opens a connection that waits for locks as configured.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, (int)_options.BusyTimeout.TotalMilliseconds);
            return connection;
        }
        catch (InvalidOperationException exception) when (_hasPassword)
        {
            connection.Dispose();
            throw new JobException(JobErrorCodes.Configuration, "The connection string has a Password, but the application's SQLite library cannot encrypt. Take the Password out, or reference a bundle of SQLitePCLRaw that can.", innerException: exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The path of a connection's main database; SQLite has resolved links and relative paths in it.</summary>
    public static string PathOf(SqliteConnection connection) => raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string();

    /// <summary>Whether two paths of <see cref="PathOf"/> are one file.</summary>
    public static bool IsSamePath(string first, string second) =>
        string.Equals(first, second, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new JobException(JobErrorCodes.Configuration, $"UseSqlite cannot read the connection string: {exception.Message} An example: 'Data Source=jobs.db'.");
        }
    }
}
