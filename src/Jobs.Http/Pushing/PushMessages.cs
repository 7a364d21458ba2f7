using Microsoft.Extensions.Logging;

namespace Jobs.Http.Pushing;

internal static partial class PushMessages
{
    [LoggerMessage(EventId = 720, Level = LogLevel.Error, Message = "Jobs cannot be pushed to {Address}: {Problem} They are given back without counting the attempt, and tried again until it is right.")]
    public static partial void Unreachable(ILogger logger, Uri address, string problem, Exception? exception);

    [LoggerMessage(EventId = 721, Level = LogLevel.Information, Message = "Jobs can be pushed to {Address} again.")]
    public static partial void Reachable(ILogger logger, Uri address);
}
