namespace Jobs.Sqlite;

/// <summary>Times as the tables have them: units of 100 ns since 1970.</summary>
internal static class StorageTime
{
    /// <summary>The last moment that the application's type can express; later ones are cut to it.</summary>
    public static readonly long Max = From(DateTimeOffset.MaxValue);

    public static long From(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset To(long time) => new(Math.Clamp(time, -DateTimeOffset.UnixEpoch.Ticks, Max) + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    public static DateTimeOffset? To(long? time) => time is { } value ? To(value) : null;

    public static long After(long time, TimeSpan delay) => delay.Ticks >= Max - time ? Max : time + delay.Ticks;
}
