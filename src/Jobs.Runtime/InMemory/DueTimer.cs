namespace Jobs.InMemory;

/// <summary>One timer for all scheduled jobs, set to the earliest. It is made when the first job is scheduled; the storage's lock guards it.</summary>
internal sealed class DueTimer(TimeProvider time, Action onDue) : IDisposable
{
    /// <summary>The longest time that a timer of the system can be set to, rounded down; it is set again when it fires.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(49);

    private ITimer? _timer;
    private long _armedFor = long.MaxValue;
    private bool _disposed;

    /// <summary>Sees to it that the timer fires at the given time or before.</summary>
    public void EnsureArmed(long due, long now)
    {
        if (_disposed || (_armedFor > now && due >= _armedFor))
            return;

        // Rounded up, so that the job is due when the timer fires, and never zero, with which some providers fire at once.
        var wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((due - now) / (double)TimeSpan.TicksPerMillisecond)));
        if (wait > _longest)
            wait = _longest;

        _armedFor = now + wait.Ticks;
        if (_timer is null)
            _timer = time.CreateTimer(static state => ((Action)state!)(), onDue, wait, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
    }
}
