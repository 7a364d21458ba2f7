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
            refusal = TryInsert(job, Now(), out inserted, out _, out var readied);
            signal = TakeHunger(readied);
        }

        if (refusal is not null)
            return ValueTask.FromException<InsertedJob>(refusal);

        if (signal)
            _signals.JobsReady();

        return ValueTask.FromResult(inserted);
    }

    public ValueTask<IReadOnlyList<InsertedJob>> InsertManyAsync(IReadOnlyList<JobRecord> jobs, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<InsertedJob>>(cancellationToken);

        if (transaction is not null)
            return ValueTask.FromException<IReadOnlyList<InsertedJob>>(NoTransactions());

        var inserted = new InsertedJob[jobs.Count];
        var entries = new List<JobEntry>(jobs.Count);
        var readied = false;
        bool signal;
        lock (_gate)
        {
            var now = Now();
            for (var i = 0; i < inserted.Length; i++)
            {
                var refusal = TryInsert(jobs[i], now, out inserted[i], out var entry, out var isReady);
                if (refusal is not null)
                {
                    TakeBack(entries);
                    return ValueTask.FromException<IReadOnlyList<InsertedJob>>(refusal);
                }

                readied |= isReady;
                if (entry is not null)
                    entries.Add(entry);
            }

            signal = TakeHunger(readied);
        }

        if (signal)
            _signals.JobsReady();

        return ValueTask.FromResult<IReadOnlyList<InsertedJob>>(inserted);
    }

    /// <summary>Stores a job, or finds the one that it meets; the refusal when its id belongs to another name.</summary>
    private JobConflictException? TryInsert(JobRecord job, long now, out InsertedJob inserted, out JobEntry? entry, out bool readied)
    {
        entry = null;
        readied = false;
        var details = job.Details;
        if (details is not null && FindEqual(job, details) is { } met)
        {
            inserted = new InsertedJob(met.Id, WasDeduplicated: true);
            return met.Name == job.Name ? null : new JobConflictException(met.Id, job.Name, met.Name);
        }

        // A record of somebody else's making, or one that was inserted before, becomes an entry of its own.
        entry = job is JobEntry { Place: EntryPlace.New } own ? own : JobEntry.Like(job);
        _jobs.Add(entry, now);
        if (details?.IdempotencyKey is { } key)
            _keys.Add((job.Name, key), entry);

        inserted = new InsertedJob(entry.Id, WasDeduplicated: false);
        readied = Enqueue(entry, FirstDue(job, now), now);
        return null;
    }

    private JobEntry? FindEqual(JobRecord job, JobDetails details)
    {
        if (details.Id is { } id && _jobs.Find(id) is { } sameId)
            return sameId;

        return details.IdempotencyKey is { } key ? _keys.GetValueOrDefault((job.Name, key)) : null;
    }

    private void TakeBack(List<JobEntry> entries)
    {
        foreach (var entry in entries)
        {
            Withdraw(entry);
            Forget(entry);
        }
    }

    /// <summary>When a job is first due: the past is now.</summary>
    internal static long FirstDue(JobRecord job, long createdAt) =>
        job.RunAt is { } at ? Math.Max(at.UtcTicks, createdAt) : Ticks.Add(createdAt, job.Delay);
}
