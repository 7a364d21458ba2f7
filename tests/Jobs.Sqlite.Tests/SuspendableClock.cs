namespace Jobs.Sqlite.Tests;

/// <summary>A clock whose time goes on while its process cannot run, as that of a machine that sleeps.</summary>
internal sealed class SuspendableClock : TimeProvider
{
    private DateTimeOffset _now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _awake;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _awake.Ticks;

    public void Pass(TimeSpan time)
    {
        _now += time;
        _awake += time;
    }

    public void Suspend(TimeSpan time) => _now += time;
}
