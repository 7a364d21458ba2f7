namespace Jobs.PostgreSql.Tests;

/// <summary>Timestamps that stand still until they are moved.</summary>
internal sealed class HandTurnedTime : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
