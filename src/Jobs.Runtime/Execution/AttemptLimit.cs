namespace Jobs.Execution;

/// <summary>
/// How long what is under way may take: an attempt until its timeout, or until it has gone too long without progress; then its
/// handler until the grace is over.
/// </summary>
internal sealed class AttemptLimit : IDisposable
{
    /// <summary>Timers of the system take no more than 49 days; a longer limit is looked at again in between.</summary>
    private static readonly TimeSpan _longestTimer = TimeSpan.FromDays(40);

    private static readonly TimeSpan _shortestTimer = TimeSpan.FromMilliseconds(1);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<AttemptLimit> _onReached;
    private readonly ITimer _timer;
    private TimeSpan _limit = TimeSpan.MaxValue;
    private long _from;
    private TimeSpan _progressLimit = TimeSpan.MaxValue;
    private long _progressFrom;

    public AttemptLimit(TimeProvider time, Action<AttemptLimit> onReached)
    {
        _time = time;
        _onReached = onReached;
        _timer = time.CreateTimer(static state => ((AttemptLimit)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether what was reached is the limit on the time without progress.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Sets limits from now on, in place of the ones before.</summary>
    /// <param name="limit">How long altogether.</param>
    /// <param name="progressLimit">How long without a call of <see cref="Progressed"/>.</param>
    public void Set(TimeSpan limit, TimeSpan progressLimit)
    {
        lock (_gate)
        {
            (_limit, _progressLimit) = (limit, progressLimit);
            _from = _progressFrom = _time.GetTimestamp();
            _timer.Change(NextLook(), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>There was progress.</summary>
    public void Progressed()
    {
        lock (_gate)
        {
            // The timer is left as it is: when it fires, it looks how much is left.
            _progressFrom = _time.GetTimestamp();
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
        var remaining = Left(_limit, _from);
        if (Left(_progressLimit, _progressFrom) is var untilStuck && untilStuck < remaining)
        {
            remaining = untilStuck;
        }

        return remaining <= TimeSpan.Zero ? TimeSpan.Zero : remaining < _longestTimer ? remaining : _longestTimer;
    }

    private TimeSpan Left(TimeSpan limit, long from) => limit == TimeSpan.MaxValue ? limit : limit - _time.GetElapsedTime(from);

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

            IsStuck = Left(_limit, _from) > TimeSpan.Zero;
        }

        _onReached(this);
    }
}
