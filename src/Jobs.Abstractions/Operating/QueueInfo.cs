namespace Jobs;

/// <summary>A queue at one moment.</summary>
/// <param name="Name">The queue.</param>
/// <param name="IsPaused">Whether it is paused itself. A pause of everything, of a job or of a worker doesn't show here.</param>
/// <param name="Pending">How many jobs are pending, the delayed ones included.</param>
/// <param name="Running">How many jobs workers hold.</param>
/// <param name="OldestDueAge">How long the pending job that is due for the longest has been due; null when none is due.</param>
public sealed record QueueInfo(string Name, bool IsPaused, long Pending, long Running, TimeSpan? OldestDueAge);
