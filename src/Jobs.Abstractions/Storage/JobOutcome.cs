namespace Jobs.Storage;

/// <summary>How one attempt ended, with the fence under which it may be stored.</summary>
public readonly record struct JobOutcome
{
    /// <summary>The job.</summary>
    public required JobId Id { get; init; }

    /// <summary>The fence of the claim that this is the end of.</summary>
    public required JobLease Lease { get; init; }

    /// <summary>How it ended.</summary>
    public required JobOutcomeKind Kind { get; init; }

    /// <summary>The result as UTF-8 JSON; null when there is none. The storage may keep the reference.</summary>
    public byte[]? Result { get; init; }

    /// <summary>When the job is due again, from the storage's now.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Why it failed.</summary>
    public FailureReason Reason { get; init; }

    /// <summary>What went wrong.</summary>
    public JobError? Error { get; init; }

    /// <summary>
    /// For <see cref="JobOutcomeKind.Waiting"/>: the name of the wait. The job is due when that times out or has passed, or when its
    /// answer comes; at once when it is over already, or when there is no such wait. Whether it is, is decided in the step that
    /// stores the outcome, so that an answer that comes meanwhile is not missed.
    /// </summary>
    public string? Wait { get; init; }
}
