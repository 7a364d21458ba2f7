using System.Text;

namespace Jobs.Sqlite;

/// <summary>Explicit ids and idempotency keys: who has them, from a job's insert until its record is removed.</summary>
internal sealed class JobKeys(WriteSession session)
{
    /// <summary>The kind of explicit ids in jobs_key.</summary>
    public const int ExplicitId = 0;

    /// <summary>The kind of idempotency keys in jobs_key.</summary>
    public const int Idempotency = 1;

    private readonly JobIdResolver _resolver = new(session.Statements);

    /// <summary>The number of the job with this id; null when there is none.</summary>
    public long? Resolve(JobId id) => _resolver.Find(id)?.Job;

    /// <summary>The name of the job with this id; null when there is none.</summary>
    public string? FindName(JobId id) => _resolver.Find(id)?.Name;

    /// <summary>The job that has this idempotency key; null when nobody has it, or its window is over.</summary>
    public (long Job, JobId Id)? FindByIdempotencyKey(string name, string key) =>
        _resolver.FindByKey(Idempotency, name, Encoding.UTF8.GetBytes(key)) is { } found && !(found.Until <= session.Now) ? (found.Job, found.Id) : null;

    public void Take(long job, string name, JobId? explicitId, string? idempotencyKey, TimeSpan? window)
    {
        if (explicitId is { } id)
            Insert(ExplicitId, "", IssuedId.Bytes(id), job, null);

        if (idempotencyKey is not null)
            Insert(Idempotency, name, Encoding.UTF8.GetBytes(idempotencyKey), job, window is { } time ? StorageTime.After(session.Now, time) : null);
    }

    public void Free(long job)
    {
        var keys = session.Statements["read-keys-of-job"].Bind(1, job);
        if (!keys.Step())
            return;

        var (explicitId, idempotencyKey, name) = (keys.Blob(0), keys.NullableText(1), keys.Text(2));
        keys.Reset();
        if (explicitId is not null)
            Delete(ExplicitId, "", explicitId, job);

        if (idempotencyKey is not null)
            Delete(Idempotency, name, Encoding.UTF8.GetBytes(idempotencyKey), job);
    }

    private void Insert(int kind, string scope, byte[] key, long job, long? until) =>
        session.Statements["insert-key"].Bind(1, kind).Bind(2, scope).Bind(3, key).Bind(4, job).Bind(5, until).Run();

    private void Delete(int kind, string scope, byte[] key, long job) =>
        session.Statements["delete-key"].Bind(1, kind).Bind(2, scope).Bind(3, key).Bind(4, job).Run();
}
