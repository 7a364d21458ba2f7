namespace Jobs.LongHorizon.Running;

/// <summary>What producer and handler have done so far.</summary>
public sealed class Progress
{
    private long _enqueued;
    private long _completed;

    public long Enqueued => Interlocked.Read(ref _enqueued);

    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>From the producer's call to the handler's start.</summary>
    public LatencyWindow Claims { get; } = new();

    public void CountEnqueued(int jobs) => Interlocked.Add(ref _enqueued, jobs);

    public void CountCompleted() => Interlocked.Increment(ref _completed);
}
