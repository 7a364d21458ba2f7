namespace Jobs.Storage;

/// <summary>The part of a job that never changes, as the client hands it to the storage and the storage hands it to a worker.</summary>
public sealed class JobRecord
{
    /// <summary>One field for both ways to say when: a delay in ticks, or the complement of a point in time. In memory there is one record per job, and every byte counts.</summary>
    private readonly long _due;

    /// <summary>The stored name.</summary>
    public required string Name { get; init; }

    /// <summary>The queue.</summary>
    public required string Queue { get; init; }

    /// <summary>The priority, higher first.</summary>
    public int Priority { get; init; }

    /// <summary>The input as UTF-8 JSON; empty for a job without input. The storage may keep the reference.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>How it is run, retried and kept. Jobs enqueued alike share one instance.</summary>
    public required JobPolicy Policy { get; init; }

    /// <summary>When it is due; null means at once, or after <see cref="Delay"/>.</summary>
    public DateTimeOffset? RunAt
    {
        get => _due < 0 ? new DateTimeOffset(~_due, TimeSpan.Zero) : null;
        init => _due = value is { } time ? ~time.UtcTicks : _due;
    }

    /// <summary>How long after the storage's now it is due; zero when <see cref="RunAt"/> is set, which wins.</summary>
    public TimeSpan Delay
    {
        get => _due > 0 ? new TimeSpan(_due) : TimeSpan.Zero;
        init => _due = _due < 0 ? _due : value.Ticks;
    }

    /// <summary>What only some jobs have; null when this one has none of it.</summary>
    public JobDetails? Details { get; init; }
}
