namespace Jobs.Storage;

/// <summary>One batch of a change of many jobs.</summary>
/// <param name="Action">What to do with each job that matches and is in a state for it.</param>
/// <param name="Filter">Which jobs; limit, offset, cursor and parts play no part.</param>
/// <param name="Cursor">Where the batch before ended; null for the first.</param>
/// <param name="BatchSize">At most how many jobs to change.</param>
public sealed record BulkChange(JobAction Action, JobFilter Filter, string? Cursor = null, int BatchSize = 1000)
{
    /// <summary>Only jobs that ended at least so long ago, by the storage's clock; null for all.</summary>
    public TimeSpan? EndedFor { get; init; }
}
