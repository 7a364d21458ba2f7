namespace Jobs.Storage;

/// <summary>Which schedules to read.</summary>
public sealed record ScheduleQuery
{
    /// <summary>Only this one.</summary>
    public string? Id { get; init; }

    /// <summary>Only those that are due, by due time, and those where a tick waits for the end of a job.</summary>
    public bool IsDue { get; init; }

    /// <summary>Only those of this job.</summary>
    public string? JobName { get; init; }

    /// <summary>Only those whose ids come after this one, by their bytes in UTF-8.</summary>
    public string? AfterId { get; init; }

    /// <summary>At most so many, in the order of their ids unless <see cref="IsDue"/>; of those that are due and those that wait, so many each.</summary>
    public int Limit { get; init; } = 100;
}
