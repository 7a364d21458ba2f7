namespace Jobs;

/// <summary>Limits that hold for the whole application.</summary>
public sealed class JobLimits
{
    /// <summary>The largest serialized input, in bytes. Default: 1 MiB.</summary>
    public int MaxPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest serialized result of a job, of a step or of a wait, in bytes. Default: 1 MiB.</summary>
    public int MaxResultBytes { get; set; } = 1024 * 1024;

    /// <summary>How many steps and waits a job may have (<see cref="JobContext"/>). Every attempt that uses them reads them all. Default: 1,000.</summary>
    public int MaxSteps { get; set; } = 1000;
}
