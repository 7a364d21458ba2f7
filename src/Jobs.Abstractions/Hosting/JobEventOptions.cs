namespace Jobs;

/// <summary>What becomes of events.</summary>
public sealed class JobEventOptions
{
    /// <summary>
    /// Whether this process writes its events to the storage, and its subscribers read those of all processes there. Set it alike in all
    /// of them. It costs a row per event, written in batches beside the work. Default: false.
    /// </summary>
    public bool IsStored { get; set; }

    /// <summary>How long stored events are kept: 1 minute to 10 years. Default: 7 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);
}
