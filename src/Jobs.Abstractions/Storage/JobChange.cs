namespace Jobs.Storage;

/// <summary>What to change of a pending job; what is null stays as it is.</summary>
public sealed record JobChange
{
    /// <summary>The name for which the payload was validated: a job of another name is not found.</summary>
    public required string Name { get; init; }

    /// <summary>The input as UTF-8 JSON.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>When it is due; the past is now. It replaces the first due time as well.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>The priority, higher first. The job keeps its age where the storage orders by it, else it goes to the end of its new priority.</summary>
    public int? Priority { get; init; }

    /// <summary>The tags, without duplicates; empty takes all away.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
