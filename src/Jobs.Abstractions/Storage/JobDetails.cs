namespace Jobs.Storage;

/// <summary>The part of a job's record that only some jobs have, apart so that the others do not pay for it.</summary>
public sealed record JobDetails
{
    /// <summary>The id that the caller chose; null lets the storage issue one.</summary>
    public JobId? Id { get; init; }

    /// <summary>Unique per job name while the record lives.</summary>
    public string? IdempotencyKey { get; init; }

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
