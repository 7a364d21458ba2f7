namespace Jobs;

/// <summary>How the in-memory storage keeps its records.</summary>
public sealed class InMemoryOptions
{
    /// <summary>
    /// How many finished jobs are kept at most, whatever their retention: the oldest go first, and with them their ids and
    /// idempotency keys. Zero keeps none. Default: 10,000.
    /// </summary>
    public int MaxFinished { get; set; } = 10_000;
}
