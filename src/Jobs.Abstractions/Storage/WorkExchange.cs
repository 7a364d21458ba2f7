namespace Jobs.Storage;

/// <summary>
/// One round trip of a worker: outcomes in, the next jobs out. The worker owns the object and uses it again; the storage reads
/// the request, fills the answer, and keeps no reference.
/// </summary>
public sealed class WorkExchange
{
    /// <summary>The worker. It must have sent a heartbeat before it claims.</summary>
    public required string WorkerId { get; init; }

    /// <summary>Request: the attempts that ended since the last exchange.</summary>
    public List<JobOutcome> Outcomes { get; } = [];

    /// <summary>Request: how many jobs there is room for; 0 only stores outcomes.</summary>
    public int MaxJobs { get; set; }

    /// <summary>Request: the names that this worker knows. The same instance means the same names.</summary>
    public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>Request: the queues that this worker takes; null means all. The same instance means the same queues.</summary>
    public IReadOnlyList<string>? Queues { get; set; }

    /// <summary>Request: how many jobs there is room for by name, for the names that have a limit of their own; 0 takes none.</summary>
    public Dictionary<string, int> NameLimits { get; } = [];

    /// <summary>Request: how many jobs there is room for by queue, for the queues that have a limit of their own; 0 takes none.</summary>
    public Dictionary<string, int> QueueLimits { get; } = [];

    /// <summary>Request: limits that all workers share. The same instance means the same limits.</summary>
    public IReadOnlyList<SharedLimit> SharedLimits { get; set; } = [];

    /// <summary>Answer: what became of each outcome, in their order.</summary>
    public List<OutcomeDisposition> Dispositions { get; } = [];

    /// <summary>Answer: the jobs that the worker now holds, by priority (higher first), then by age.</summary>
    public List<ClaimedJob> Claimed { get; } = [];

    /// <summary>Answer: how long until the next job becomes due that is not yet due, or that a rate limit holds back, where the storage knows; null when none waits or it doesn't.</summary>
    public TimeSpan? NextDueIn { get; set; }

    /// <summary>Empties request and answer for the next round trip.</summary>
    public void Reset()
    {
        Outcomes.Clear();
        NameLimits.Clear();
        QueueLimits.Clear();
        Dispositions.Clear();
        Claimed.Clear();
        MaxJobs = 0;
        NextDueIn = null;
    }
}
