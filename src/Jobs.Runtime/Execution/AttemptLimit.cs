namespace Jobs.Execution;

/// <summary>How long what is under way may take: an attempt until its timeout, then its handler until the grace is over.</summary>
internal sealed class AttemptLimit : IDisposable
{
    /// <summary>Timers of the system take no more than 49 days; a longer limit is looked at again in between.</summary>
    private static readonly TimeSpan _longestTimer = TimeSpan.FromDays(40);

    private static readonly TimeSpan _shortestTimer = TimeSpan.FromMilliseconds(1);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<AttemptLimit> _onReached;
    private readonly ITimer _timer;
    private TimeSpan _limit;
    private long _from;

    public AttemptLimit(TimeProvider time, Action<AttemptLimit> onReached)
    {
        _time = time;
        _onReached = onReached;
        _timer = time.CreateTimer(static state => ((AttemptLimit)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets a limit from now on, in place of the one before.</summary>
    public void Set(TimeSpan limit)
    {
        lock (_gate)
        {
            (_limit, _from) = (limit, _time.GetTimestamp());
            _timer.Change(NextLook(), Timeout.InfiniteTimeSpan);
        }
    }

    public void Extend(TimeSpan by)
    {
        lock (_gate)
        {
            _limit = by < TimeSpan.MaxValue - _limit ? _limit + by : TimeSpan.MaxValue;
            _timer.Change(NextLook(), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan NextLook()
    {
        var remaining = _limit - _time.GetElapsedTime(_from);
        return remaining <= TimeSpan.Zero ? TimeSpan.Zero : remaining < _longestTimer ? remaining : _longestTimer;
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            // Extended in the meantime, longer than a timer can be, or a timer that came a little early.
            if (NextLook() is { Ticks: > 0 } remaining)
            {
                _timer.Change(remaining < _shortestTimer ? _shortestTimer : remaining, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        _onReached(this);
    }
}
