namespace Jobs;

/// <summary>How the jobs of an application fare at one moment.</summary>
public sealed record JobHealth
{
    /// <summary>Why the storage could not be asked; null when it could.</summary>
    public string? StorageError { get; init; }

    /// <summary>How many workers are alive, on all machines.</summary>
    public int LiveWorkers { get; init; }

    /// <summary>Whether this process runs a worker, which then must be among the live ones.</summary>
    public bool HasWorker { get; init; }

    /// <summary>Whether this process's worker is known to the storage as alive.</summary>
    public bool IsWorkerAlive { get; init; }

    /// <summary>How many handlers of this process ignored their cancellation and still run.</summary>
    public int AbandonedHandlers { get; init; }

    /// <summary>Whether there are as many abandoned handlers as slots, so that this process's worker takes no jobs.</summary>
    public bool IsOverwhelmed { get; init; }

    /// <summary>How many jobs are due and wait, in all queues.</summary>
    public long Backlog { get; init; }

    /// <summary>For how long the oldest of them has been due; null when none waits.</summary>
    public TimeSpan? OldestDueAge { get; init; }
}
