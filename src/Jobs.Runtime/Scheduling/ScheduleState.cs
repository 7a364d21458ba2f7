namespace Jobs.Scheduling;

/// <summary>How far a schedule has come, as it is stored.</summary>
internal sealed record ScheduleState
{
    /// <summary>The time after which <see cref="NextTickAt"/> is the first run: the last run's, or the start.</summary>
    public DateTimeOffset AnchorAt { get; init; }

    /// <summary>The next run, jitter aside; null when there is none.</summary>
    public DateTimeOffset? NextTickAt { get; init; }

    public DateTimeOffset? LastTickAt { get; init; }

    public DateTimeOffset? LastRunAt { get; init; }

    public JobId? LastJobId { get; init; }

    /// <summary>The run that waits for the end of the one before.</summary>
    public DateTimeOffset? WaitingTickAt { get; init; }

    public long Runs { get; init; }

    public long Skipped { get; init; }

    public PauseCause Pause { get; init; }

    public string? PausedReason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
