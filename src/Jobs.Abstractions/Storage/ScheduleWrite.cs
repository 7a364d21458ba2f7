namespace Jobs.Storage;

/// <summary>One conditional change of a schedule.</summary>
public sealed record ScheduleWrite
{
    /// <summary>The schedule's id.</summary>
    public required string Id { get; init; }

    /// <summary>The version that it must have; null: there must be none of this id.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>What it becomes; null removes it.</summary>
    public StoredSchedule? Schedule { get; init; }

    /// <summary>The jobs to store with the change, due at once or when they say; all have ids of their own.</summary>
    public IReadOnlyList<JobRecord> Jobs { get; init; } = [];

    /// <summary>Whether it may be due earlier than before, so that listeners must hear of it (<see cref="IJobStorageListener.OnSchedulesChanged"/>). A tick only moves on.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>The write happens only up to this moment of the storage's clock: whoever was paused since it read must look again.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}
