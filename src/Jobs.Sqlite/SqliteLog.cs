using Microsoft.Extensions.Logging;

namespace Jobs.Sqlite;

/// <summary>All log messages of this storage. None carries a connection string or a payload.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Could not look for changes that other processes made to the jobs file; polling goes on.")]
    public static partial void CannotLookForChanges(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "A listener of the jobs storage threw; listeners must not.")]
    public static partial void ListenerThrew(ILogger logger, Exception exception);
}
