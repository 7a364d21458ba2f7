namespace Jobs;

/// <summary>Which schedules: every condition that is set must hold.</summary>
public sealed record ScheduleFilter
{
    /// <summary>Only schedules of this job.</summary>
    public string? JobName { get; init; }

    /// <summary>Only schedules with ids after this one: the last id of the page before.</summary>
    public string? AfterId { get; init; }

    /// <summary>At most so many, from 1 to 1,000. Default: 100.</summary>
    public int Limit { get; init; } = 100;
}
