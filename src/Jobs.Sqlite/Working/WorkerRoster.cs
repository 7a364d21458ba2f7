using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>The workers: who is alive, and what they give back when they leave.</summary>
internal sealed class WorkerRoster(WriteSession session)
{
    private const int Live = 0;
    private const int Dead = 1;
    private const int Retired = 2;

    /// <summary>False when the worker had been declared dead.</summary>
    public bool Report(WorkerHeartbeat heartbeat)
    {
        var names = JsonColumns.FormatAlways(heartbeat.Names);
        var queues = JsonColumns.FormatAlways(heartbeat.Queues);
        var known = Find(heartbeat.WorkerId);
        if (known?.State == Live)
        {
            session.Statements["update-worker"]
                .Bind(1, known.Value.Worker)
                .Bind(2, heartbeat.Host)
                .Bind(3, heartbeat.Version)
                .Bind(4, heartbeat.LeaseDuration.Ticks)
                .Bind(5, session.Now)
                .Bind(6, names)
                .Bind(7, queues)
                .Run();
            return true;
        }

        session.Statements["insert-worker"]
            .Bind(1, heartbeat.WorkerId)
            .Bind(2, heartbeat.Host)
            .Bind(3, heartbeat.Version)
            .Bind(4, heartbeat.LeaseDuration.Ticks)
            .Bind(5, session.Now)
            .Bind(6, names)
            .Bind(7, queues)
            .Run();
        return known?.State != Dead;
    }

    /// <summary>A worker's number; null when it is not on the list: nobody would notice that what it claims was lost.</summary>
    public long? FindLive(string id) => Find(id) is { State: Live } known ? known.Worker : null;

    /// <summary>Takes a worker off the list and gives back what it holds.</summary>
    public void Retire(string id)
    {
        if (Find(id) is not { State: Live } known)
            return;

        session.Statements["leave-worker"].Bind(1, known.Worker).Bind(2, Retired).Run();
        if (session.HasPauses)
            session.Pauses.Set(PauseScope.Worker, id, isPaused: false);

        Release(known.Worker, known: null);
    }

    /// <summary>Gives back what a worker holds under other leases than the known ones.</summary>
    public void ReleaseUnknown(string id, IReadOnlyCollection<JobLease> known)
    {
        if (Find(id) is { State: Live } found)
            Release(found.Worker, known.ToHashSet());
    }

    private void Release(long worker, HashSet<JobLease>? known)
    {
        var leases = new List<(long Job, JobLease Lease)>();
        var read = session.Statements["read-leases-of-worker"].Bind(1, worker);
        while (read.Step())
            leases.Add((read.Int64(0), new JobLease(read.Int64(1), read.Int64(2))));

        foreach (var (job, lease) in leases)
        {
            if (known?.Contains(lease) != true)
                session.Leases.Release(job, lease);
        }
    }

    private (long Worker, int State)? Find(string id)
    {
        var find = session.Statements["find-worker"].Bind(1, id);
        if (!find.Step())
            return null;

        var found = (find.Int64(0), find.Int32(1));
        find.Reset();
        return found;
    }
}
