namespace Jobs.Storage;

/// <summary>What one batch did.</summary>
/// <param name="Changed">How many jobs it changed.</param>
/// <param name="NextCursor">Where the next batch begins; null when this was the last.</param>
public readonly record struct BulkProgress(int Changed, string? NextCursor);
