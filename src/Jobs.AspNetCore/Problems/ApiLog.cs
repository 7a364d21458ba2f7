using Microsoft.Extensions.Logging;

namespace Jobs.AspNetCore.Problems;

internal static partial class ApiLog
{
    [LoggerMessage(EventId = 700, Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(EventId = 701, Level = LogLevel.Information, Message = "The jobs at {Prefix} are open to anybody who reaches this service: no policy is named, which is accepted in Development only.")]
    public static partial void OpenInDevelopment(ILogger logger, string prefix);
}
