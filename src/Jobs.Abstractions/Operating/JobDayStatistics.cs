namespace Jobs;

/// <summary>What ended on one day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Completed">How many jobs completed.</param>
/// <param name="Failed">How many failed for good.</param>
/// <param name="Cancelled">How many were cancelled.</param>
/// <param name="Duration">How long the runs took that completed, from claim to end.</param>
/// <param name="Wait">How long jobs that completed in their first run had been due when it began.</param>
public sealed record JobDayStatistics(DateOnly Day, long Completed, long Failed, long Cancelled, DurationStatistics Duration, DurationStatistics Wait);
