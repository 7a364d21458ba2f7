using System.Net.Sockets;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>What the server's and the driver's errors mean for whoever runs the application. No message repeats a connection string or a value.</summary>
internal static class StorageErrors
{
    /// <summary>Whether to run the same transaction again is the answer: nothing of it was stored.</summary>
    public static bool IsConflict(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>
    /// Whether an execution strategy around the caller's transaction may look for it: conflicts, broken connections. Such errors are left
    /// as they are, because strategies go by the driver's types and do not look inside a <see cref="JobException"/>.
    /// </summary>
    public static bool IsForTheCallersStrategy(Exception error) => error is NpgsqlException { IsTransient: true } or TimeoutException;

    /// <summary>Whether the values that were sent were refused, so that others may fare better.</summary>
    public static bool IsAboutValues(Exception error) =>
        error is ArgumentException or InvalidCastException || (error is PostgresException { SqlState: { } state } && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal)));

    /// <summary>Whether the server could not be reached, or was lost on the way.</summary>
    public static bool IsOutage(Exception error) =>
        error is PostgresException postgres
            ? postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            : error is NpgsqlException or SocketException or IOException or TimeoutException;

    public static JobException Translate(Exception error) => new(JobErrorCodes.Storage, Explain(error), null, error);

    private static string Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "The database does not exist. Create it, or correct Database in the connection string.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => "The server refused the login. Check the user name and the password, and the server's pg_hba.conf.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e => $"The role lacks a right: {e.MessageText}. Grant what docs/storage-postgresql.md lists under least privilege, or set AutoMigrate = false and let the owner run PostgreSqlSchema.GetScript().",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "The database is read-only: this is a standby, or default_transaction_read_only is on. Connect to the primary (Target Session Attributes=primary).",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "The server has no free connection. Raise max_connections, or lower Maximum Pool Size here.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The server's disk is full. Nothing was stored; free some space.",
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => "The server is starting or stopping. Try again in a moment.",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn } e => $"The schema is not as this application needs it: {e.MessageText}. If it was dropped, start the application again; otherwise restore it.",
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } => "A text has a character that PostgreSQL cannot hold, such as NUL.",
        PostgresException e => $"PostgreSQL refused a statement ({e.SqlState}): {e.MessageText}.",
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => "The server did not answer in time, or the pool had no free connection. Check the server's load and Maximum Pool Size.",
        NpgsqlException or SocketException or IOException => "The server cannot be reached, or the connection broke. Check Host and Port in the connection string, and that the server runs.",
        ArgumentException => "A text cannot be stored: it has half of a surrogate pair.",
        _ => $"The storage failed: {error.GetType().Name}.",
    };
}
