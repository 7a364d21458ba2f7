namespace Jobs;

/// <summary>How this process's worker runs jobs.</summary>
public sealed class WorkerOptions
{
    /// <summary>How many jobs run at a time: 1 to 10,000. Default: twice the cores, at least 8.</summary>
    public int Concurrency { get; set; } = Math.Max(8, Environment.ProcessorCount * 2);

    /// <summary>
    /// The version of the application, for operators and for other workers: a payload that this version cannot read is left to a live
    /// worker of another one. Default: the informational version of the entry assembly, which the SDK derives from the commit.
    /// </summary>
    public string? Version { get; set; }

    /// <summary>The queues that this worker takes; empty means all.</summary>
    public IList<string> Queues { get; } = [];

    /// <summary>The stored names of the jobs that this worker runs; empty means all that it has handlers for.</summary>
    public IList<string> Jobs { get; } = [];

    /// <summary>
    /// Whether <see cref="Queues"/> is an order: a queue's jobs are taken only while none of the queues before it has any that are due,
    /// whatever their priorities. Default: false, priority and age decide. Each queue that is looked at costs a round trip.
    /// </summary>
    public bool StrictQueueOrder { get; set; }

    /// <summary>
    /// How often each queue comes first, in proportion: 1 to 1,000 for every queue in <see cref="Queues"/>. While the others have jobs,
    /// a queue of weight 3 is asked first three times as often as one of weight 1. Empty: priority and age decide.
    /// </summary>
    public IDictionary<string, int> QueueWeights { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>How long running jobs may finish at shutdown before they are cancelled and given back. Default: 20 seconds; at most the host's shutdown timeout.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a worker may be silent before others take its jobs over: 1 second to 1 hour. Default: 30 seconds.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the worker reports that it is alive; at most half the lease. Default: 10 seconds.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the storage is asked for work when no signal came: 1 millisecond to 1 hour. Default: 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a job may be taken over from a worker that died; the next time it fails as stalled. Default: 3.</summary>
    public int MaxTakeovers { get; set; } = 3;

    /// <summary>How long a due job whose name no live worker knows waits before it fails as NoHandler, and how long a payload that this version cannot read is left to live workers of another version before it fails as InvalidPayload. Default: 5 minutes, so that a rolling deployment can catch up.</summary>
    public TimeSpan NoHandlerGrace { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a handler may go on after its token was cancelled before its slot is freed and the attempt fenced off. Default: 30 seconds.</summary>
    public TimeSpan AbandonGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often this process looks for jobs of dead workers and for records to remove. Default: 5 seconds.</summary>
    public TimeSpan MaintenanceInterval { get; set; } = TimeSpan.FromSeconds(5);
}
