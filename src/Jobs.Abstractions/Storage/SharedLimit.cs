namespace Jobs.Storage;

/// <summary>A limit that all workers share, over jobs of some names or of one queue.</summary>
/// <remarks>
/// <see cref="MaxRunning"/> is exact with respect to leases: the storage counts the jobs that are held while it alone claims under
/// this limit. Nothing is counted up or down, so nothing can leak.
/// </remarks>
public sealed record SharedLimit
{
    /// <summary>Its identity: workers that use the same id share the permits of <see cref="Rate"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The names that it covers; null: all names.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The queue that it covers; null: all queues.</summary>
    public string? Queue { get; init; }

    /// <summary>How many of these jobs may be held at a time; null: any number.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>How many of these jobs may be claimed per time; null: any number.</summary>
    public RateLimit? Rate { get; init; }

    /// <summary>Whether each concurrency key has permits of its own, and jobs without a key are free. Only for <see cref="Rate"/>.</summary>
    public bool IsPerKey { get; init; }

    /// <summary>Whether it covers a job.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="queue">The job's queue.</param>
    public bool Covers(string name, string queue) => (Queue is null || Queue == queue) && (Names is null || Names.Contains(name));
}
