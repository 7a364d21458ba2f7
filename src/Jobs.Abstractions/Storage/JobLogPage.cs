namespace Jobs.Storage;

/// <summary>Some lines of a job's log.</summary>
/// <param name="Entries">The lines, oldest first.</param>
/// <param name="HasEnded">Whether the job had ended when they were read, so that these are its last when there are fewer than asked for.</param>
public sealed record JobLogPage(IReadOnlyList<JobLogEntry> Entries, bool HasEnded);
