namespace Jobs.Sqlite.Tests;

/// <summary>A clock whose time can go on while its process cannot run, as that of a machine that sleeps.</summary>
internal sealed class SuspendableClock : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _awake;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _awake.Ticks;
    }

    public void Pass(TimeSpan time)
    {
        lock (_gate)
        {
            _now += time;
            _awake += time;
        }
    }

    public void Suspend(TimeSpan time)
    {
        lock (_gate)
            _now += time;
    }
}
