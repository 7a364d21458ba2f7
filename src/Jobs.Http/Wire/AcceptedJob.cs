namespace Jobs.Http.Wire;

/// <summary>What became of a submitted job.</summary>
internal sealed record AcceptedJob(JobId Id, string Name, bool WasDeduplicated);
