using Microsoft.Extensions.Logging;

namespace Jobs.Telemetry;

/// <summary>The log messages about schedules.</summary>
internal static partial class ScheduleLog
{
    [LoggerMessage(40, LogLevel.Debug, "Schedule {ScheduleId} enqueued job {JobId} ({JobName}).")]
    public static partial void Fired(ILogger logger, string scheduleId, JobId jobId, string jobName);

    [LoggerMessage(41, LogLevel.Warning, "Looking for due schedules failed; it is tried again.")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(42, LogLevel.Error, "Schedule {ScheduleId} is paused: {Reason}")]
    public static partial void Paused(ILogger logger, string scheduleId, string reason);

    [LoggerMessage(43, LogLevel.Error, "Schedule {ScheduleId} cannot be fired by this machine; others may.")]
    public static partial void CannotFire(ILogger logger, string scheduleId, Exception exception);

    [LoggerMessage(44, LogLevel.Warning, "Schedule {ScheduleId} of job {JobName} is stored as declared by {Application} and is declared no more; what becomes of it: {Policy}.")]
    public static partial void Vanished(ILogger logger, string scheduleId, string jobName, string application, VanishedSchedules policy);

    [LoggerMessage(46, LogLevel.Warning, "The loop of schedules did not end in time; what it was about to write is written with all its jobs or not at all.")]
    public static partial void StopTimedOut(ILogger logger);

    [LoggerMessage(45, LogLevel.Information, "Schedule {ScheduleId} runs next at {Next:O}: the rules of its time zone have changed.")]
    public static partial void ZoneChanged(ILogger logger, string scheduleId, DateTimeOffset? next);
}
