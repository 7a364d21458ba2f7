namespace Jobs;

/// <summary>Defaults for the jobs of a queue, where neither the call nor the job says otherwise.</summary>
public sealed class QueueOptions
{
    /// <summary>How many jobs of this queue one worker process runs at a time. Default: as many as the worker has slots.</summary>
    public int? MaxConcurrency { get; set; }

    /// <summary>How often a job may run, the first run included.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>How long one attempt may run.</summary>
    public JobDuration? Timeout { get; set; }
}
