using System.Data.Common;
using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    public JobRecord CreateRecord(JobKind kind, byte[] payload, JobDetails? details) => new JobEntry(kind, payload, details);

    public ValueTask<InsertedJob> InsertAsync(JobRecord job, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<InsertedJob>(cancellationToken);

        if (transaction is not null)
            return ValueTask.FromException<InsertedJob>(NoTransactions());

        InsertedJob inserted;
        JobException? refusal;
        bool signal;
        lock (_gate)
        {
            refusal = job.Details is null ? null : FindRefusal([job]);
            var readied = false;
            inserted = refusal is null ? Insert(job, Now(), ref readied) : default;
            signal = TakeHunger(readied);
        }

        if (refusal is not null)
            return ValueTask.FromException<InsertedJob>(refusal);

        if (signal)
            _signals.JobsReady();

        SignalFollowUps();
        return ValueTask.FromResult(inserted);
    }

    public ValueTask<IReadOnlyList<InsertedJob>> InsertManyAsync(IReadOnlyList<JobRecord> jobs, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<InsertedJob>>(cancellationToken);

        if (transaction is not null)
            return ValueTask.FromException<IReadOnlyList<InsertedJob>>(NoTransactions());

        var inserted = new InsertedJob[jobs.Count];
        bool signal;
        lock (_gate)
        {
            if (FindRefusal(jobs) is { } refusal)
                return ValueTask.FromException<IReadOnlyList<InsertedJob>>(refusal);

            var (now, readied) = (Now(), false);
            for (var i = 0; i < inserted.Length; i++)
                inserted[i] = Insert(jobs[i], now, ref readied);

            signal = TakeHunger(readied);
        }

        if (signal)
            _signals.JobsReady();

        SignalFollowUps();
        return ValueTask.FromResult<IReadOnlyList<InsertedJob>>(inserted);
    }

    /// <summary>Why a batch is refused: looked for before anything is stored, so that nothing has to be undone.</summary>
    private JobException? FindRefusal(IReadOnlyList<JobRecord> jobs)
    {
        Dictionary<JobId, string>? batch = null;
        foreach (var job in jobs)
        {
            if (job.Details is not { } details)
                continue;

            if (FindRefusal(job, details, batch) is { } refusal)
                return refusal;

            if (details.Id is not { } id)
                continue;

            batch ??= [];
            if (_jobs.Find(id)?.Name is { } existing && existing != job.Name)
                return new JobConflictException(id, job.Name, existing);

            if (batch.TryGetValue(id, out var other) && other != job.Name)
                return new JobConflictException(id, job.Name, other);

            batch.TryAdd(id, job.Name);
        }

        return null;
    }

    /// <summary>Stores a job, or finds the one that it meets.</summary>
    private InsertedJob Insert(JobRecord job, long now, ref bool readied)
    {
        var details = job.Details;
        if (details is not null && FindEqual(job, details, now) is { } met)
            return new InsertedJob(met.Id, WasDeduplicated: true);

        // A record of somebody else's making, or one that was inserted before, becomes an entry of its own.
        var entry = job is JobEntry { Place: EntryPlace.New } own ? own : JobEntry.Like(job);
        _jobs.Add(entry, now);
        if (details is null)
        {
            readied |= Enqueue(entry, FirstDue(entry, now), now);
            return new InsertedJob(entry.Id, WasDeduplicated: false);
        }

        if (details.IdempotencyKey is { } key)
            _keys[(job.Name, key)] = entry;

        Link(entry, details);
        if (_doomed.Count == 0)
        {
            readied |= Enqueue(entry, FirstDue(job, now), now);
        }
        else
        {
            entry.Place = EntryPlace.Waiting;
            entry.At = FirstDue(job, now);
            _waiting.Add(entry);
            FailDoomed(now);
        }

        return new InsertedJob(entry.Id, WasDeduplicated: false);
    }

    private JobEntry? FindEqual(JobRecord job, JobDetails details, long now)
    {
        if (details.Id is { } id && _jobs.Find(id) is { } sameId)
            return sameId;

        if (details.IdempotencyKey is not { } key || _keys.GetValueOrDefault((job.Name, key)) is not { } met)
            return null;

        if (met.Details!.IdempotencyWindow is { } window && now - met.CreatedTicks >= window.Ticks)
            return null;

        if (details.OnDuplicate == OnDuplicate.Keep)
            return met;

        if (met.Place is EntryPlace.Ready or EntryPlace.Scheduled or EntryPlace.Waiting)
        {
            Cancel(met.Id, now);
            _cascaded.Add(met.Id);
            _hasFollowUps = true;
            return null;
        }

        return details.OnDuplicate == OnDuplicate.Debounce ? null : met;
    }

    /// <summary>When a job is first due: the past is now.</summary>
    internal static long FirstDue(JobRecord job, long createdAt) =>
        job.RunAt is { } at ? Math.Max(at.UtcTicks, createdAt) : Ticks.Add(createdAt, job.Delay);
}
