namespace Jobs.Storage;

/// <summary>Durations in buckets whose bounds grow by a factor of the eighth root of two, from a microsecond on.</summary>
public sealed class DurationHistogram
{
    private const double BucketsPerDoubling = 8;

    private readonly SortedDictionary<int, long> _buckets = [];
    private long _count;
    private double _microseconds;

    /// <summary>The bucket of a duration; negative ones count as zero.</summary>
    /// <param name="duration">The duration.</param>
    public static int BucketOf(TimeSpan duration) => duration.TotalMicroseconds <= 1 ? 0 : (int)Math.Ceiling(BucketsPerDoubling * Math.Log2(duration.TotalMicroseconds));

    /// <summary>Adds durations of one bucket.</summary>
    /// <param name="bucket">Their bucket.</param>
    /// <param name="count">How many.</param>
    /// <param name="microseconds">Their sum.</param>
    public void Add(int bucket, long count, double microseconds)
    {
        _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + count;
        _count += count;
        _microseconds += Math.Max(0, microseconds);
    }

    /// <summary>What they amount to.</summary>
    public DurationStatistics Summarize() => _count == 0
        ? new DurationStatistics(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)
        : new DurationStatistics(_count, TimeSpan.FromMicroseconds(_microseconds / _count), Percentile(0.50), Percentile(0.95), Percentile(0.99));

    private TimeSpan Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * _count);
        foreach (var (bucket, count) in _buckets)
        {
            rank -= count;
            if (rank <= 0)
                return bucket == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(Math.Pow(2, (bucket - 0.5) / BucketsPerDoubling));
        }

        return TimeSpan.Zero;
    }
}
