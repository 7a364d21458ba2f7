using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>A row of jobs_lease that was just ended under its fence.</summary>
internal readonly record struct HeldJob(long Job, JobLease Fence, long Worker, long ClaimedAt, int Runs, int Takeovers, string Policy, long? CancelAt, long? Lane);
