namespace Jobs.Storage;

/// <summary>A step or wait to be stored for a job, under the lease of the attempt that came to it.</summary>
public readonly record struct StepWrite
{
    /// <summary>The job.</summary>
    public required JobId Id { get; init; }

    /// <summary>The fence of the attempt.</summary>
    public required JobLease Lease { get; init; }

    /// <summary>The name, unique within the job. A name that is stored already stays as it is.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required JobStepKind Kind { get; init; }

    /// <summary>A step's result as UTF-8 JSON; null for none. The storage may keep the reference.</summary>
    public byte[]? Value { get; init; }

    /// <summary>When a wait ends or times out, from the storage's now.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>A token's secret.</summary>
    public Guid? Secret { get; init; }
}
