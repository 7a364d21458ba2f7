namespace Jobs.Chaos.Tests;

/// <summary>Conditions are polled for; the patience is for a machine that is busy with other things, and no test's subject.</summary>
internal static class Limits
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The lease of the workers here.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);
}
