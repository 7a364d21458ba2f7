namespace Jobs.Storage;

/// <summary>A job as a caller gave it: for storages that are another process's, which fills in the job's defaults itself.</summary>
/// <param name="Payload">The input as UTF-8 JSON; empty for a job without input.</param>
/// <param name="Options">What the call says; null when it says nothing.</param>
public sealed record SubmittedJob(byte[] Payload, EnqueueOptions? Options);
