namespace Jobs;

/// <summary>Limits that hold for the whole application.</summary>
public sealed class JobLimits
{
    /// <summary>The largest serialized input, in bytes. Default: 1 MiB.</summary>
    public int MaxPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest serialized result, in bytes. Default: 1 MiB.</summary>
    public int MaxResultBytes { get; set; } = 1024 * 1024;
}
