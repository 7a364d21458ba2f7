namespace Jobs;

/// <summary>The options of a schedule.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The IANA id of the zone whose calendar and clock count, such as <c>Europe/Berlin</c>. Default: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The first moment at which it may run. Default: now.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The last moment at which it may run; it is kept afterwards, and runs no more. Default: never.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>After so many runs it is kept and runs no more; at least 1. Default: no limit.</summary>
    public int? MaxRuns { get; init; }

    /// <summary>What happens while the previous job is unfinished. Default: the job's <c>[Job(Overlap = …)]</c>, else <see cref="OverlapPolicy.Skip"/>.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>What happens with times at which no process ran. Default: <see cref="CatchUpPolicy.Once"/>.</summary>
    public CatchUpPolicy CatchUp { get; init; }

    /// <summary>How many runs <see cref="CatchUpPolicy.All"/> makes up for at most, from 1 to 1,000. Default: 100.</summary>
    public int MaxCatchUp { get; init; } = 100;

    /// <summary>The longest random delay of each run; it must be shorter than the time between two runs. Default: none.</summary>
    public JobDuration? Jitter { get; init; }

    /// <summary>Whether it runs. Default: true; with false it is stored as paused.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether it also runs at once when it is created; that counts as a run. Default: false.</summary>
    public bool RunImmediately { get; init; }

    /// <summary>The options with which its jobs are enqueued: queue, priority, attempts, tags and so on; what belongs to one job (id, keys, times, transaction) is refused.</summary>
    public EnqueueOptions? Job { get; init; }
}
