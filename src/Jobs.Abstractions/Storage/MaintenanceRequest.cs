namespace Jobs.Storage;

/// <summary>The rules of one round of maintenance.</summary>
/// <param name="WorkerId">The worker that does it; null for a process without one.</param>
/// <param name="MaxTakeovers">How often a job may be taken over; the next time it fails as stalled.</param>
/// <param name="NoHandlerGrace">How long a due job waits before it fails because no live worker knows its name, nor one that was alive within this time, while at least one live worker has been up for all of it.</param>
/// <param name="BatchSize">At most how many jobs each duty touches, so that the hot path is never held up.</param>
public sealed record MaintenanceRequest(string? WorkerId, int MaxTakeovers, TimeSpan NoHandlerGrace, int BatchSize = 1000)
{
    /// <summary>How many finished records of which names are kept; each name at most once.</summary>
    public IReadOnlyList<RetentionBound> Bounds { get; init; } = [];
}
