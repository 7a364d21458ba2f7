namespace Jobs;

/// <summary>What a registration sets for one job, beside what its attribute says. It holds where workers are set up with it.</summary>
public sealed class JobOptions
{
    /// <summary>How many attempts of this job start per time, across all machines. Default: no limit.</summary>
    public RateLimit? RateLimit { get; set; }

    /// <summary>How many attempts start per time for each <see cref="EnqueueOptions.ConcurrencyKey"/> of this job, across all machines. Default: no limit.</summary>
    public RateLimit? KeyRateLimit { get; set; }
}
