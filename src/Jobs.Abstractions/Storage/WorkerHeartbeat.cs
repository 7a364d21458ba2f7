namespace Jobs.Storage;

/// <summary>A worker's sign of life. The storage writes it to the worker's own row, never to a job's.</summary>
/// <param name="WorkerId">The worker's identity, unique per process start.</param>
/// <param name="Host">The name of its machine.</param>
/// <param name="Version">The version of the application that it runs.</param>
/// <param name="LeaseDuration">How long the worker may be silent before others take its jobs over.</param>
/// <param name="Names">The job names that it knows, aliases included.</param>
/// <param name="Queues">The queues that it takes; empty means all.</param>
public sealed record WorkerHeartbeat(string WorkerId, string Host, string? Version, TimeSpan LeaseDuration, IReadOnlyList<string> Names, IReadOnlyList<string> Queues);
