namespace Jobs.Storage;

/// <summary>A job that a worker now holds.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Record">What was enqueued.</param>
/// <param name="Lease">The fence for every write about it.</param>
/// <param name="Attempt">The number of this attempt, from 1.</param>
/// <param name="CreatedAt">When it was enqueued, by the storage's clock.</param>
/// <param name="ClaimedAt">Now, by the storage's clock.</param>
public readonly record struct ClaimedJob(JobId Id, JobRecord Record, JobLease Lease, int Attempt, DateTimeOffset CreatedAt, DateTimeOffset ClaimedAt);
