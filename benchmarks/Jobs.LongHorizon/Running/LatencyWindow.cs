using System.Numerics;

namespace Jobs.LongHorizon.Running;

/// <summary>
/// Percentiles of the last thirty seconds in bounded memory: a histogram per second, with buckets of three significant figures
/// (each power of two of microseconds is cut into 1,024).
/// </summary>
public sealed class LatencyWindow
{
    public const int Seconds = 30;
    private const int BitsPerPower = 10;
    private const int Buckets = 32 << BitsPerPower;
    private readonly Lock _lock = new();
    private readonly int[][] _slices = [.. Enumerable.Range(0, Seconds).Select(static _ => new int[Buckets])];
    private readonly long[] _ends = new long[Seconds];

    public void Add(double milliseconds)
    {
        var second = Environment.TickCount64 / 1000;
        lock (_lock)
        {
            Slice(second)[IndexOf((long)(Math.Max(0, milliseconds) * 1000))]++;
        }
    }

    /// <summary>The values below which the shares of the window lie; zeros when it is empty.</summary>
    public double[] Percentiles(params ReadOnlySpan<double> shares)
    {
        var sums = new long[Buckets];
        lock (_lock)
        {
            var oldest = (Environment.TickCount64 / 1000) - Seconds;
            for (var i = 0; i < Seconds; i++)
            {
                if (_ends[i] <= oldest)
                    continue;

                for (var bucket = 0; bucket < Buckets; bucket++)
                    sums[bucket] += _slices[i][bucket];
            }
        }

        var all = sums.Sum();
        var values = new double[shares.Length];
        for (var i = 0; i < shares.Length && all > 0; i++)
        {
            var (left, bucket) = ((long)Math.Ceiling(shares[i] * all), -1);
            while (left > 0)
                left -= sums[++bucket];

            values[i] = ValueOf(bucket) / 1000.0;
        }

        return values;
    }

    private int[] Slice(long second)
    {
        var i = (int)(second % Seconds);
        if (_ends[i] != second)
        {
            Array.Clear(_slices[i]);
            _ends[i] = second;
        }

        return _slices[i];
    }

    private static int IndexOf(long microseconds)
    {
        var power = Math.Max(0, BitOperations.Log2((ulong)Math.Max(1, microseconds)) - BitsPerPower);
        return (int)Math.Min(Buckets - 1, ((long)power << BitsPerPower) + (microseconds >> power));
    }

    private static long ValueOf(int index)
    {
        var power = Math.Max(0, (index >> BitsPerPower) - 1);
        return (index - ((long)power << BitsPerPower)) << power;
    }
}
