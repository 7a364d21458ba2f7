namespace Jobs;

/// <summary>When jobs count as degraded or unhealthy.</summary>
public sealed class JobHealthCheckOptions
{
    /// <summary>For how long a job may have been due before the check is degraded; null for any time. Default: 5 minutes.</summary>
    public TimeSpan? DegradedBacklogAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long a job may have been due before the check is unhealthy; null for any time. Default: null.</summary>
    public TimeSpan? UnhealthyBacklogAge { get; set; }

    /// <summary>How many workers must be alive, on all machines; fewer are unhealthy. Default: 1.</summary>
    public int MinimumWorkers { get; set; } = 1;
}
