namespace Jobs.Storage;

/// <summary>The part of a job that never changes, as the client hands it to the storage and the storage hands it to a worker.</summary>
public sealed class JobRecord
{
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
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>How long after the storage's now it is due. Only one of this and <see cref="RunAt"/> is set.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What only some jobs have; null when this one has none of it.</summary>
    public JobDetails? Details { get; init; }
}
