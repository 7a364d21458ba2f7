namespace Jobs.InMemory;

/// <summary>The one place where a job is.</summary>
internal enum EntryPlace : byte
{
    /// <summary>Still with the client that makes it.</summary>
    New,

    /// <summary>In a level of its lane.</summary>
    Ready,

    /// <summary>In the heap of due times.</summary>
    Scheduled,

    /// <summary>Among those that wait for other jobs to end.</summary>
    Waiting,

    /// <summary>In the list of what a worker holds.</summary>
    Held,

    /// <summary>Among the finished.</summary>
    Completed,

    /// <inheritdoc cref="Completed"/>
    Failed,

    /// <inheritdoc cref="Completed"/>
    Cancelled,

    /// <summary>Nowhere any more.</summary>
    Removed,
}
