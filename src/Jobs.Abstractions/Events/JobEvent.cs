namespace Jobs;

/// <summary>Something that happened to a job or a queue.</summary>
public sealed record JobEvent
{
    /// <summary>Its number in the storage's event log, rising; 0 when events are not stored.</summary>
    public long Sequence { get; init; }

    /// <summary>What happened.</summary>
    public required JobEventKind Kind { get; init; }

    /// <summary>When, by the clock of the process that made it happen.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The job; null when it is about a queue, or about several jobs.</summary>
    public JobId? JobId { get; init; }

    /// <summary>The job's stored name.</summary>
    public string? JobName { get; init; }

    /// <summary>The queue.</summary>
    public string? Queue { get; init; }

    /// <summary>The job's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The number of the attempt; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>After a failure, whether the job is tried again.</summary>
    public bool WillRetry { get; init; }

    /// <summary>After a failure, why.</summary>
    public FailureReason Reason { get; init; }

    /// <summary>The error's, or the progress's message.</summary>
    public string? Message { get; init; }

    /// <summary>The reported progress, from 0 to 100.</summary>
    public double? Progress { get; init; }
}
