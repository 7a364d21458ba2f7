namespace AotWorker.Numbers;

/// <summary>The sieve of Eratosthenes, segment by segment, so that memory stays small however far it goes.</summary>
internal sealed class PrimeSieve
{
    private const int SegmentSize = 1 << 18;

    private readonly long _upTo;
    private readonly List<long> _factors;
    private readonly bool[] _isComposite = new bool[SegmentSize];

    public PrimeSieve(long upTo)
    {
        _upTo = upTo;
        _factors = FindFactors((int)Math.Sqrt(upTo) + 1);
        Position = 1;
    }

    /// <summary>Up to where primes have been counted.</summary>
    public long Position { get; private set; }

    public long Count { get; private set; }

    public long Largest { get; private set; }

    /// <summary>Counts the next segment; false when there is none.</summary>
    public bool Next()
    {
        if (Position >= _upTo)
        {
            return false;
        }

        var first = Position + 1;
        var length = (int)Math.Min(SegmentSize, _upTo - Position);
        var composite = _isComposite.AsSpan(0, length);
        composite.Clear();
        foreach (var factor in _factors)
        {
            for (var multiple = Math.Max(factor * factor, (first + factor - 1) / factor * factor); multiple < first + length; multiple += factor)
            {
                composite[(int)(multiple - first)] = true;
            }
        }

        Count += composite.Count(false);
        if (composite.LastIndexOf(false) is >= 0 and var last)
        {
            Largest = first + last;
        }

        Position += length;
        return true;
    }

    private static List<long> FindFactors(int upTo)
    {
        var composite = new bool[upTo + 1];
        var factors = new List<long>();
        for (long candidate = 2; candidate <= upTo; candidate++)
        {
            if (composite[candidate])
            {
                continue;
            }

            factors.Add(candidate);
            for (var multiple = candidate * candidate; multiple <= upTo; multiple += candidate)
            {
                composite[multiple] = true;
            }
        }

        return factors;
    }
}
