namespace Jobs.Http.Wire;

/// <summary>A page of a job's log.</summary>
/// <param name="Entries">The lines, oldest first.</param>
/// <param name="NextAfter">The line to go on after; null when there was nothing more.</param>
internal sealed record LogPage(IReadOnlyList<JobLogEntry> Entries, long? NextAfter);
