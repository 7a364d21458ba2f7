namespace Jobs;

/// <summary>The jobs of one name.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Counts">How many are in each state.</param>
/// <param name="Duration">How long the runs took that completed, from claim to end.</param>
/// <param name="Wait">How long jobs that completed in their first run had been due when it began.</param>
public sealed record JobNameStatistics(string Name, JobStatusCounts Counts, DurationStatistics Duration, DurationStatistics Wait);
