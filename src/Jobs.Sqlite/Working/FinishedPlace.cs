namespace Jobs.Sqlite;

/// <summary>Where a finished job is in the order of the ends.</summary>
internal sealed record FinishedPlace(long EndedAt, long Job);
