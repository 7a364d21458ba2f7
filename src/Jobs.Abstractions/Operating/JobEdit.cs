using System.Text.Json;

namespace Jobs;

/// <summary>What to change of a pending job; what is null stays as it is.</summary>
public sealed record JobEdit
{
    /// <summary>The new input, read and validated as if it were enqueued.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>When the job is due; the past is now. Before the year 9999.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>The priority, higher first. The order among jobs of equal priority is open after an edit.</summary>
    public int? Priority { get; init; }

    /// <summary>All tags that the job has from now on; empty takes them away. At most 32 of at most 100 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
