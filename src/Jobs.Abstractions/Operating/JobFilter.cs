namespace Jobs;

/// <summary>Which jobs: every condition that is set must hold.</summary>
public sealed record JobFilter
{
    /// <summary>Only jobs in this state.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>Only jobs that have not ended: pending, waiting or running.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>Only jobs of this name.</summary>
    public string? Name { get; init; }

    /// <summary>Only jobs of this queue.</summary>
    public string? Queue { get; init; }

    /// <summary>Only jobs of this submitter.</summary>
    public string? Submitter { get; init; }

    /// <summary>Only jobs that are ticks of this schedule.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>Tags to match as <see cref="TagMatch"/> says.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>How <see cref="Tags"/> match. Default: all of them.</summary>
    public TagMatch TagMatch { get; init; } = TagMatch.All;

    /// <summary>Only jobs created at or after this time.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only jobs created before this time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Only jobs of this priority.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether the snapshots carry their input.</summary>
    public bool IncludePayload { get; init; }

    /// <summary>Whether the snapshots carry their result.</summary>
    public bool IncludeResult { get; init; }

    /// <summary>How many jobs a page has: 1 to 1,000. Default: 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>How many jobs to pass over. Prefer <see cref="Cursor"/>, which costs the same on every page.</summary>
    public int Offset { get; init; }

    /// <summary>Where the page before ended: its <see cref="JobPage.NextCursor"/>.</summary>
    public string? Cursor { get; init; }
}
