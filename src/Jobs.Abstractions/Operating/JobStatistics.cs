namespace Jobs;

/// <summary>
/// All jobs of a storage at one moment, from the records that it keeps: what retention or somebody removed is not counted, so a day
/// is complete only as long as the jobs that ended on it are kept.
/// </summary>
public sealed record JobStatistics
{
    /// <summary>The moment, by the storage's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many jobs are in each state.</summary>
    public required JobStatusCounts Counts { get; init; }

    /// <summary>How long the runs took that completed, from claim to end.</summary>
    public required DurationStatistics Duration { get; init; }

    /// <summary>How long jobs that completed in their first run had been due when it began.</summary>
    public required DurationStatistics Wait { get; init; }

    /// <summary>The same by name, in the order of the names.</summary>
    public required IReadOnlyList<JobNameStatistics> ByName { get; init; }

    /// <summary>What ended on each day that has any, newest first.</summary>
    public required IReadOnlyList<JobDayStatistics> ByDay { get; init; }
}
