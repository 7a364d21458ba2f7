namespace Jobs.Testing;

/// <summary>A timer of <see cref="ManualTimeProvider"/>, whose lock guards its state.</summary>
internal sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
{
    private volatile bool _disposed;

    public DateTimeOffset DueAt { get; set; }

    public TimeSpan Period { get; set; }

    /// <summary>Timers that are due at the same time fire in the order in which they were armed.</summary>
    public long Order { get; set; }

    public void Fire()
    {
        if (!_disposed)
            callback(state);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
            return false;

        ThrowIfNotATimersTime(dueTime);
        ThrowIfNotATimersTime(period);
        time.Arm(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        time.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void ThrowIfNotATimersTime(TimeSpan value)
    {
        if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A timer's times are zero, positive, or Timeout.InfiniteTimeSpan.");
    }
}
