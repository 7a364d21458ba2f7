namespace Jobs.Http.Wire;

/// <summary>The next times of a schedule.</summary>
internal sealed record ScheduleTimes(IReadOnlyList<DateTimeOffset> Times);
