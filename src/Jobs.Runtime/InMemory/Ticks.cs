namespace Jobs.InMemory;

/// <summary>Times as UTC ticks, which take half of a <see cref="DateTimeOffset"/>.</summary>
internal static class Ticks
{
    public static DateTimeOffset ToTime(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? ToTimeOrNull(long ticks) => ticks == 0 ? null : ToTime(ticks);

    /// <summary>The sum, or the end of time.</summary>
    public static long Add(long ticks, TimeSpan span)
    {
        if (span <= TimeSpan.Zero)
            return ticks;

        return span.Ticks > DateTimeOffset.MaxValue.UtcTicks - ticks ? DateTimeOffset.MaxValue.UtcTicks : ticks + span.Ticks;
    }
}
