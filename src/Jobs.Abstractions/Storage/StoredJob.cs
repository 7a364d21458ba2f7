using System.Diagnostics.CodeAnalysis;

namespace Jobs.Storage;

/// <summary>A job's record as the storage holds it and hands it to a worker: with its id and the time at which it was enqueued.</summary>
public class StoredJob : JobRecord
{
    private JobId _id;
    private long _createdAt;

    /// <summary>Creates the record of a job that is in the storage.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="createdAt">When it was enqueued, by the storage's clock.</param>
    /// <param name="kind">What it has in common with others.</param>
    /// <param name="payload">The input as UTF-8 JSON.</param>
    /// <param name="details">What only some jobs have.</param>
    [SetsRequiredMembers]
    public StoredJob(JobId id, DateTimeOffset createdAt, JobKind kind, byte[] payload, JobDetails? details = null)
        : base(kind, payload, details) => (_id, _createdAt) = (id, createdAt.UtcTicks);

    /// <summary>Creates a record that is still to be stored.</summary>
    /// <inheritdoc cref="JobRecord(JobKind, byte[], JobDetails?)" path="/param"/>
    [SetsRequiredMembers]
    protected StoredJob(JobKind kind, byte[] payload, JobDetails? details)
        : base(kind, payload, details)
    {
    }

    /// <summary>The job's id.</summary>
    public JobId Id => _id;

    /// <summary>When it was enqueued, by the storage's clock.</summary>
    public DateTimeOffset CreatedAt => new(_createdAt, TimeSpan.Zero);

    /// <summary><see cref="CreatedAt"/> in UTC ticks.</summary>
    protected long CreatedAtTicks => _createdAt;

    /// <summary>Says that the job is stored now.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="createdAtTicks">When it was enqueued, in UTC ticks.</param>
    protected void BecomeStored(JobId id, long createdAtTicks) => (_id, _createdAt) = (id, createdAtTicks);
}
