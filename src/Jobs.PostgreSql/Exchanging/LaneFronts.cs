using System.Diagnostics;

namespace Jobs.PostgreSql;

/// <summary>
/// Where a worker's claims stopped in each lane, used while finding the first range of a lane is slow. It is slow when dead index
/// entries pile up before it, which a transaction that somebody holds open keeps there. Claims that look only from the fronts on
/// skip them; what came in behind the fronts' backs is found by the next full look.
/// </summary>
internal sealed class LaneFronts(int slowWalks)
{
    /// <summary>Between full looks lies so many times what one takes, within bounds.</summary>
    private const int PausePerWalk = 20;
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Queue), LaneFront> _fronts = [];
    private int _slowInARow;
    private long _fullLookAt;

    /// <summary>How long until claims look everywhere again; null when they do now.</summary>
    public TimeSpan? UntilFullLook
    {
        get
        {
            lock (_lock)
                return _slowInARow < slowWalks ? null : TimeSpan.FromSeconds(Math.Max(0, (double)(_fullLookAt - Stopwatch.GetTimestamp()) / Stopwatch.Frequency));
        }
    }

    /// <summary>The fronts to look from, or null for a full look. Claims that run side by side may both be full.</summary>
    public LaneFront[]? Take()
    {
        lock (_lock)
            return _slowInARow < slowWalks || Stopwatch.GetTimestamp() >= _fullLookAt ? null : [.. _fronts.Values];
    }

    /// <summary>Notes where a claim stopped.</summary>
    /// <param name="fronts">Null after a full look that was not slow.</param>
    /// <param name="isFullLook">Whether it had looked everywhere.</param>
    /// <param name="walk">How long the walk to the first ranges took.</param>
    public void Note(List<LaneFront>? fronts, bool isFullLook, TimeSpan walk)
    {
        lock (_lock)
        {
            if (fronts is null)
            {
                _slowInARow = 0;
                _fronts.Clear();
                return;
            }

            if (isFullLook)
            {
                _slowInARow = Math.Min(_slowInARow + 1, slowWalks);
                _fullLookAt = Stopwatch.GetTimestamp() + (long)(Math.Clamp((walk * PausePerWalk).TotalSeconds, _shortestPause.TotalSeconds, _longestPause.TotalSeconds) * Stopwatch.Frequency);
            }

            foreach (var front in fronts)
            {
                if (isFullLook || !_fronts.TryGetValue((front.Name, front.Queue), out var known) || front.CompareTo(known) > 0)
                    _fronts[(front.Name, front.Queue)] = front;
            }
        }
    }
}
