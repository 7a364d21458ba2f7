namespace Jobs.LongHorizon.Running;

/// <summary>Wall-clock time as the protocol writes it.</summary>
internal static class Clock
{
    public static double Milliseconds => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    public static string Now => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How long until the next multiple of the period, so that all systems' samples are of the same moments.</summary>
    public static TimeSpan UntilNext(TimeSpan period) => TimeSpan.FromMilliseconds(period.TotalMilliseconds - (Milliseconds % period.TotalMilliseconds));
}
