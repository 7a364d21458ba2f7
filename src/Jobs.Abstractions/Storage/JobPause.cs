namespace Jobs.Storage;

/// <summary>Something that is paused.</summary>
/// <param name="Scope">What the key names.</param>
/// <param name="Key">The queue, the job's name, the worker's id or the concurrency key; empty for everything.</param>
/// <param name="Since">Since when.</param>
public sealed record JobPause(PauseScope Scope, string Key, DateTimeOffset Since);
