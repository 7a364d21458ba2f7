namespace Jobs.InMemory;

/// <summary>
/// A worker between its first heartbeat and its end. One that was declared dead and reports again is a new state: what the old
/// one held stays with it until it is taken over.
/// </summary>
internal sealed class WorkerState(string id, long startedAt)
{
    public string Id { get; } = id;

    public long StartedAt { get; } = startedAt;

    public long LastHeartbeatAt { get; set; }

    /// <summary>When its lease began: with the last heartbeat, or with the end of an outage after it.</summary>
    public long LeaseFrom { get; set; }

    public required Storage.WorkerHeartbeat Heartbeat { get; set; }

    /// <summary>The jobs that it holds, oldest claim first.</summary>
    public JobEntryList Held { get; } = new();

    public LaneClaim Claim { get; } = new();

    public bool IsExpired(long now) => now - LeaseFrom > Heartbeat.LeaseDuration.Ticks;
}
