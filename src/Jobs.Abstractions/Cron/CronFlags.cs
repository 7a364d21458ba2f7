// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>What the masks of a cron expression cannot say.</summary>
[Flags]
internal enum CronFlags : byte
{
    None = 0,

    /// <summary>The day of the month starts with <c>*</c> or is <c>?</c>: a date must match both day fields instead of one of them.</summary>
    AnyDay = 1,

    /// <summary>The same for the day of the week.</summary>
    AnyWeekday = 2,

    /// <summary>A star or a step in the minute or the hour: the schedule follows elapsed time over daylight-saving changes.</summary>
    Repeats = 4,
}
