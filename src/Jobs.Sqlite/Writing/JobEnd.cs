using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>How a job ended, as jobs_ended keeps it.</summary>
internal readonly record struct JobEnd
{
    public required EndStatus Status { get; init; }

    /// <summary>The runs that counted.</summary>
    public required int Runs { get; init; }

    /// <summary>The job's policy as text: how long the record is kept.</summary>
    public required string Policy { get; init; }

    /// <summary>The job's lane; null when it is not at hand.</summary>
    public long? Lane { get; init; }

    /// <summary>The fence of the outcome that ended it; null when no worker did.</summary>
    public JobLease? Fence { get; init; }

    /// <summary>The worker of the last run and when it began.</summary>
    public (long Worker, long StartedAt)? Run { get; init; }

    public long? CancelAt { get; init; }

    public FailureReason Reason { get; init; }

    public string? Error { get; init; }

    public byte[]? Result { get; init; }

    /// <summary>How long the record is kept at least, whatever the policy says.</summary>
    public TimeSpan KeepAtLeast { get; init; }
}
