namespace Jobs.Testing;

/// <summary>A clock that stands still until it is moved by hand. Its timers fire while it moves, in the order of their due times.</summary>
/// <remarks>
/// <para>Callbacks run on the thread that calls <see cref="Advance"/>, one after the other, with the clock at their due time. A
/// timer is never fired by being created or changed, not even with a due time of zero: that one fires with the next move.</para>
/// <para>All members may be called from any thread, callbacks included; only one <see cref="Advance"/> runs at a time.</para>
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    /// <summary>Where the clock stands when nothing else was said: the first of January 2030, noon, UTC.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly Lock _moving = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now;
    private long _armed;

    /// <summary>A clock at <see cref="DefaultStart"/>.</summary>
    public ManualTimeProvider()
        : this(DefaultStart)
    {
    }

    /// <summary>A clock at a given time.</summary>
    /// <param name="start">Where it stands.</param>
    public ManualTimeProvider(DateTimeOffset start) => _now = start.ToUniversalTime();

    /// <summary>Always UTC, so that a test means the same everywhere.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ticks of 100 nanoseconds.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock forward and fires what becomes due on the way, repeated timers as often as they are due.</summary>
    /// <param name="by">How far; zero fires what is already due.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_moving)
        {
            DateTimeOffset target;
            lock (_gate)
                target = _now + by;

            while (StepTo(target) is { } due)
                due.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;

            timer.DueAt = _now + dueTime;
            timer.Period = period;
            timer.Order = ++_armed;
            _timers.Add(timer);
        }
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    /// <summary>Moves to the next timer that is due up to the target and gives it; without one, moves to the target.</summary>
    private ManualTimer? StepTo(DateTimeOffset target)
    {
        lock (_gate)
        {
            ManualTimer? next = null;
            foreach (var timer in _timers)
            {
                if (timer.DueAt <= target && (next is null || timer.DueAt < next.DueAt || (timer.DueAt == next.DueAt && timer.Order < next.Order)))
                    next = timer;
            }

            if (next is null)
            {
                _now = target;
                return null;
            }

            if (next.DueAt > _now)
                _now = next.DueAt;

            if (next.Period > TimeSpan.Zero)
            {
                next.DueAt = _now + next.Period;
                next.Order = ++_armed;
            }
            else
            {
                _timers.Remove(next);
            }

            return next;
        }
    }
}
