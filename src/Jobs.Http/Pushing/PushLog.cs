using Microsoft.Extensions.Logging;

namespace Jobs.Http.Pushing;

/// <summary>A line of the job's log.</summary>
internal sealed record PushLog(DateTimeOffset At, LogLevel Level, string Message, IReadOnlyDictionary<string, string>? Fields = null);
