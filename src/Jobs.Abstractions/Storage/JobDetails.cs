namespace Jobs.Storage;

/// <summary>The part of a job's record that only some jobs have, apart so that the others do not pay for it.</summary>
public sealed record JobDetails
{
    /// <summary>The id that the caller chose; null lets the storage issue one.</summary>
    public JobId? Id { get; init; }

    /// <summary>Unique per job name while the record lives.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>For how long the idempotency key counts, from now; null: while the record lives.</summary>
    public TimeSpan? IdempotencyWindow { get; init; }

    /// <summary>What happens to the job that has the idempotency key already.</summary>
    public OnDuplicate OnDuplicate { get; init; }

    /// <summary>Of the jobs with this key, at most <see cref="KeyConcurrency"/> are held at a time.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>How many jobs with <see cref="ConcurrencyKey"/> may be held when this one is claimed, itself included.</summary>
    public int KeyConcurrency { get; init; } = 1;

    /// <summary>Of the jobs with this key, only the oldest that has not ended can be claimed.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>Jobs of different keys take turns within a queue, a name and a priority.</summary>
    public string? FairnessKey { get; init; }

    /// <summary>Whether the job goes before those of its priority that are ready.</summary>
    public bool Lifo { get; init; }

    /// <summary>Jobs that must complete before this one is ready, without duplicates.</summary>
    public IReadOnlyList<JobId> DependsOn { get; init; } = [];

    /// <summary>Whether the job is claimed by other rules than priority and age.</summary>
    public bool IsGated => ConcurrencyKey is not null || FairnessKey is not null || Lifo;

    /// <summary>Whether the job may have to wait for others to end.</summary>
    public bool IsDependent => OrderingKey is not null || DependsOn.Count > 0;

    /// <summary>On whose behalf the job was enqueued.</summary>
    public string? Submitter { get; init; }

    /// <summary>The tags, without duplicates.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the caller sent along.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>The W3C trace context of the enqueuing request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The schedule whose tick this job is.</summary>
    public string? ScheduleId { get; init; }
}
