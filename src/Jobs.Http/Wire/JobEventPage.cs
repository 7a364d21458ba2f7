namespace Jobs.Http.Wire;

/// <summary>A page of a job's stored events.</summary>
/// <param name="Events">The events, oldest first.</param>
/// <param name="NextAfter">The number to go on after; null when there was nothing more.</param>
internal sealed record JobEventPage(IReadOnlyList<JobEvent> Events, long? NextAfter);
