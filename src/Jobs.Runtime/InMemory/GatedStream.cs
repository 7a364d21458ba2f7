namespace Jobs.InMemory;

/// <summary>The ready jobs of one lane that share tenant and concurrency key: either the first of them can be claimed, or none can.</summary>
internal sealed class GatedStream(GatedLane lane, GatedGroup group, ConcurrencyGate? gate)
{
    public GatedLane Lane { get; } = lane;

    public GatedGroup Group { get; } = group;

    public ConcurrencyGate? Gate { get; } = gate;

    public SortedSet<JobEntry> Entries { get; } = new(ClaimOrder.Instance);

    /// <summary>Its first job when it was listed; null while it is not listed.</summary>
    public JobEntry? ListedBy { get; set; }

    /// <summary>Until when a rate limit holds it back; 0 when none does.</summary>
    public long SleepsUntil { get; set; }

    public bool IsOpen => Entries.Min is { } first && SleepsUntil == 0 && (Gate is null || (Gate.Running < first.Details!.KeyConcurrency && !Gate.IsPaused));
}
