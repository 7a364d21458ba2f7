namespace Jobs.Storage;

/// <summary>The jobs of a queue that are due and wait for a worker.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Ready">How many.</param>
/// <param name="OldestDueAge">For how long the oldest has been due, by the storage's clock.</param>
public sealed record QueueBacklog(string Queue, long Ready, TimeSpan OldestDueAge);
