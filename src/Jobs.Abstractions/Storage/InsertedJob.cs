namespace Jobs.Storage;

/// <summary>What became of one job of an insert.</summary>
/// <param name="Id">The id of the job: the new one's, or that of the job it met.</param>
/// <param name="WasDeduplicated">Whether the insert met a job that already existed.</param>
public readonly record struct InsertedJob(JobId Id, bool WasDeduplicated);
