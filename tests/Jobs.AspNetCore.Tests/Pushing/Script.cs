namespace Jobs.AspNetCore.Tests;

/// <summary>What <see cref="Scripted"/> does, set by the test.</summary>
public sealed class Script
{
    public Func<JobContext, CancellationToken, ValueTask<string>> Run { get; set; } = static (_, _) => new("done");
}
