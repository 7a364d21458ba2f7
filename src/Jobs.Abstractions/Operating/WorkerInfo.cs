namespace Jobs;

/// <summary>A worker that is alive, as far as its heartbeat tells.</summary>
/// <param name="Id">The worker's identity, unique per process start.</param>
/// <param name="Host">The name of its machine.</param>
/// <param name="Version">The version of the application that it runs.</param>
/// <param name="StartedAt">When it first reported.</param>
/// <param name="LastHeartbeatAt">When it last reported.</param>
/// <param name="Running">How many jobs it holds.</param>
/// <param name="Queues">The queues that it takes; empty means all.</param>
public sealed record WorkerInfo(string Id, string Host, string? Version, DateTimeOffset StartedAt, DateTimeOffset LastHeartbeatAt, int Running, IReadOnlyList<string> Queues);
