namespace Jobs;

/// <summary>What a registration sets for one job, beside what its attribute says. It holds where workers are set up with it.</summary>
public sealed class JobOptions
{
    /// <summary>How many attempts of this job start per time, across all machines. Default: no limit.</summary>
    public RateLimit? RateLimit { get; set; }

    /// <summary>How many attempts start per time for each <see cref="EnqueueOptions.ConcurrencyKey"/> of this job, across all machines. Default: no limit.</summary>
    public RateLimit? KeyRateLimit { get; set; }

    /// <summary>How many completed records of this job are kept, in place of <see cref="JobAttribute.RetainCompletedCount"/>: at least 1. Default: what the attribute says.</summary>
    public int? RetainCompletedCount { get; set; }

    /// <summary>How many failed or cancelled records of this job are kept, in place of <see cref="JobAttribute.RetainFailedCount"/>: at least 1. Default: what the attribute says.</summary>
    public int? RetainFailedCount { get; set; }

    /// <summary>
    /// The job's own kind of backoff: how long it waits after an attempt that failed, computed from the attempt's number and exception (a
    /// <see cref="TimeoutException"/> for timeouts), in place of <see cref="JobAttribute.Backoff"/> with its delay, cap and jitter. What
    /// <see cref="JobsBuilder.OnFailure"/> and <see cref="JobContext.RetryAfter"/> decide comes before it. Must be safe for several threads;
    /// when it throws, that is logged and the job's policy decides. Default: none.
    /// </summary>
    public Func<FailedAttempt, JobDuration>? Backoff { get; set; }
}
