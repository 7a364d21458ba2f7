namespace Jobs.Storage;

/// <summary>A job that a worker now holds.</summary>
/// <param name="Record">What was enqueued.</param>
/// <param name="Lease">The fence for every write about it.</param>
/// <param name="Attempt">The number of this attempt, from 1.</param>
/// <param name="ClaimedAt">Now, by the storage's clock.</param>
public readonly record struct ClaimedJob(StoredJob Record, JobLease Lease, int Attempt, DateTimeOffset ClaimedAt)
{
    /// <summary>The job's id.</summary>
    public JobId Id => Record.Id;

    /// <summary>When it was enqueued, by the storage's clock.</summary>
    public DateTimeOffset CreatedAt => Record.CreatedAt;
}
