namespace Jobs.Scheduling;

/// <summary>What becomes of a schedule at a moment.</summary>
/// <param name="Schedule">How it goes on.</param>
/// <param name="Ticks">The runs to enqueue now, in order.</param>
internal sealed record SchedulePlan(Schedule Schedule, IReadOnlyList<DateTimeOffset> Ticks);
