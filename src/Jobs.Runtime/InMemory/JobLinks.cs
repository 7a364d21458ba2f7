namespace Jobs.InMemory;

/// <summary>What a job waits for, and what waits for it. Links are among jobs that have not ended.</summary>
internal sealed class JobLinks
{
    /// <summary>The jobs that it depends on.</summary>
    public HashSet<JobEntry> Dependencies { get; } = [];

    /// <summary>The jobs that depend on it.</summary>
    public List<JobEntry> Dependants { get; } = [];

    /// <summary>Its neighbours in the line of its ordering key.</summary>
    public JobEntry? Before { get; set; }

    /// <inheritdoc cref="Before"/>
    public JobEntry? After { get; set; }

    /// <summary>Whether it is in the line of its ordering key.</summary>
    public bool IsInLine { get; set; }

    public bool IsBlocked => Dependencies.Count > 0 || Before is not null;
}
