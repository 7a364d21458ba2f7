namespace Jobs.InMemory;

/// <summary>
/// Token buckets, each one time: when it would be full again (the generic cell rate algorithm). A bucket that is full needs no entry.
/// </summary>
internal sealed class RateBuckets
{
    /// <summary>Below so many, the full ones cost less than looking for them.</summary>
    private const int FewBuckets = 1000;

    private readonly Dictionary<string, long> _fullAt = new(StringComparer.Ordinal);

    public int Available(string id, RateLimit rate, long now)
    {
        var fullAt = Math.Max(_fullAt.GetValueOrDefault(id), now);
        return (int)Math.Max(0, ((rate.Burst * rate.Interval.Ticks) - (fullAt - now)) / rate.Interval.Ticks);
    }

    public void Take(string id, RateLimit rate, int permits, long now) =>
        _fullAt[id] = Math.Max(_fullAt.GetValueOrDefault(id), now) + (permits * rate.Interval.Ticks);

    /// <summary>When there is a permit.</summary>
    public long NextPermitAt(string id, RateLimit rate) => _fullAt.GetValueOrDefault(id) - ((rate.Burst - 1) * rate.Interval.Ticks);

    /// <summary>Fills the bucket of a limit and those of its keys, or that of one key; answers how many were not full.</summary>
    public int Refill(string id, string? key, long now)
    {
        var (own, keys) = key is null ? (id, id + "\n") : (id + "\n" + key, null);
        var refilled = 0;
        foreach (var (bucket, fullAt) in _fullAt)
        {
            if (fullAt > now && (bucket == own || (keys is not null && bucket.StartsWith(keys, StringComparison.Ordinal))))
            {
                _fullAt.Remove(bucket);
                refilled++;
            }
        }

        return refilled;
    }

    public void Trim(long now)
    {
        if (_fullAt.Count <= FewBuckets)
            return;

        foreach (var (id, fullAt) in _fullAt)
        {
            if (fullAt <= now)
                _fullAt.Remove(id);
        }
    }
}
