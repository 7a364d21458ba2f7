namespace Jobs.Storage;

/// <summary>Which stored events to read.</summary>
/// <param name="AfterSequence">Those with higher numbers.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="JobId">Those of one job; null for all.</param>
public sealed record JobEventQuery(long AfterSequence, int Limit, JobId? JobId = null);
