namespace Jobs;

/// <summary>How long something took. The mean is exact; percentiles are taken from a histogram and are off by at most 5 percent.</summary>
/// <param name="Count">How many were measured; all else is zero when it is zero.</param>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P95">95 of 100 took no longer.</param>
/// <param name="P99">99 of 100 took no longer.</param>
public sealed record DurationStatistics(long Count, TimeSpan Mean, TimeSpan P50, TimeSpan P95, TimeSpan P99);
