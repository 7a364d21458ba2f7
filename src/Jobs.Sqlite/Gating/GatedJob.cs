namespace Jobs.Sqlite;

/// <summary>The first job of an open stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Gate">Its concurrency key; empty when it has none.</param>
/// <param name="Order">Its place in the order of claiming: the negated priority, then the job's number, negated for last in, first out.</param>
/// <param name="Ready">The job.</param>
internal sealed record GatedJob(long Stream, string Gate, (long Rank, long Ord) Order, ReadyJob Ready);
