using Microsoft.Extensions.Logging;

namespace Jobs.PostgreSql;

/// <summary>Everything that the storage logs. No message carries a connection string or a payload.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "A transaction of the job storage met another one ({SqlState}) and runs again, attempt {Attempt}.")]
    public static partial void Conflict(ILogger logger, string sqlState, int attempt);

    [LoggerMessage(2, LogLevel.Information, "The job storage listens for notifications.")]
    public static partial void Listening(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "Notifications do not arrive, probably because of a transaction pooler. Workers find jobs by polling.")]
    public static partial void NotDelivering(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "The connection that listens for notifications was lost: {Reason}. Workers poll until it is back.")]
    public static partial void ListenerLost(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Debug, "A notification could not be sent: {Reason}. Other processes notice by polling.")]
    public static partial void NotAnnounced(ILogger logger, string reason);
}
