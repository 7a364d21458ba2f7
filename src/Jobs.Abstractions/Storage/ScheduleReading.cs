namespace Jobs.Storage;

/// <summary>What was read of schedules.</summary>
/// <param name="Now">The storage's clock.</param>
/// <param name="Schedules">The schedules.</param>
/// <param name="NextDueIn">How long until the next one is due that is not yet; null when there is none. Only for <see cref="ScheduleQuery.IsDue"/>.</param>
public sealed record ScheduleReading(DateTimeOffset Now, IReadOnlyList<StoredSchedule> Schedules, TimeSpan? NextDueIn);
