namespace Jobs;

/// <summary>Defaults for the jobs of a queue, where neither the call nor the job says otherwise.</summary>
public sealed class QueueOptions
{
    /// <summary>How many jobs of this queue one worker process runs at a time. Default: as many as the worker has slots.</summary>
    public int? MaxConcurrency { get; set; }

    /// <summary>How many attempts of this queue's jobs start per time, across all machines. Default: no limit.</summary>
    public RateLimit? RateLimit { get; set; }

    /// <summary>How many attempts start per time for each <see cref="EnqueueOptions.ConcurrencyKey"/> of this queue's jobs, across all machines. Default: no limit.</summary>
    public RateLimit? KeyRateLimit { get; set; }

    /// <summary>How often a job may run, the first run included.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>How long one attempt may run.</summary>
    public JobDuration? Timeout { get; set; }
}
