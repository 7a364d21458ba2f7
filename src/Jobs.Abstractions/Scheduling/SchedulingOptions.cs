namespace Jobs;

/// <summary>How this application deals with schedules.</summary>
public sealed class SchedulingOptions
{
    /// <summary>Whether this process fires schedules. Any number may. Default: true; processes without a worker (<c>ClientOnly</c>) never do.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The shortest time between two runs that is accepted, from 1 second. Default: 1 second.</summary>
    public TimeSpan MinimumInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What becomes of declared schedules that vanished from the code. Default: they are paused.</summary>
    public VanishedSchedules Vanished { get; set; }
}
