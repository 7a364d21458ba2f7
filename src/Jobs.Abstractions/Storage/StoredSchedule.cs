namespace Jobs.Storage;

/// <summary>A schedule as storages keep it: what they look for, and a document that only the runtime reads.</summary>
public sealed record StoredSchedule
{
    /// <summary>The schedule's id.</summary>
    public required string Id { get; init; }

    /// <summary>The fence: the writer chooses a new one with every write, and never one that this id has had before.</summary>
    public required long Version { get; init; }

    /// <summary>The stored name of its job.</summary>
    public required string JobName { get; init; }

    /// <summary>The rest, as JSON text.</summary>
    public required string Document { get; init; }

    /// <summary>When it has to be looked at next, to the millisecond; null when time alone changes nothing (paused, ended).</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether a tick waits for the end of <see cref="OpenJobs"/>.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>The jobs of this schedule that may be unfinished. When read: of those, the ones that are. All have ids of their callers.</summary>
    public IReadOnlyList<JobId> OpenJobs { get; init; } = [];
}
