using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>One round of what any process may do at any time. The write lock makes rounds of several processes follow each other.</summary>
internal sealed class Maintainer(WriteSession session)
{
    public MaintenanceReport Run(MaintenanceRequest request, bool afterOutage, IReadOnlyList<Surplus> surplus)
    {
        if (afterOutage)
            session.GraceFrom = session.Now;

        session.Statements["bury-workers"].Bind(1, session.Now).Bind(2, session.GraceFrom).Run();
        var (seen, takenOver, stalled) = TakeOver(request);
        var isPromoted = session.Places.Promote();
        var orphaned = FailOrphans(request);
        var removed = RemoveExpired(request.BatchSize);
        foreach (var part in surplus)
        {
            if (removed < request.BatchSize)
                removed += Remove(part.Read(session.Statements, request.BatchSize - removed));
        }

        session.Statements["delete-full-buckets"].Bind(1, session.Now).Run();
        session.Statements["delete-old-marks"].Bind(1, session.LastJob).Run();
        var isDone = isPromoted && seen < request.BatchSize && orphaned < request.BatchSize && removed < request.BatchSize;
        return new MaintenanceReport(takenOver, stalled, orphaned, removed, isDone);
    }

    private (int Seen, int TakenOver, int Stalled) TakeOver(MaintenanceRequest request)
    {
        var lost = new List<(long Job, JobLease Fence, string Worker)>();
        var read = session.Statements["read-lost-leases"].Bind(1, request.BatchSize);
        while (read.Step())
            lost.Add((read.Int64(0), new JobLease(read.Int64(1), read.Int64(2)), read.Text(3)));

        var (takenOver, stalled) = (0, 0);
        foreach (var (job, fence, worker) in lost)
        {
            switch (session.Leases.TakeOver(job, fence, worker, request.MaxTakeovers))
            {
                case true:
                    takenOver++;
                    break;
                case false:
                    stalled++;
                    break;
            }
        }

        return (lost.Count, takenOver, stalled);
    }

    /// <summary>
    /// Fails due jobs that no live worker knows. The grace counts from when they were due and from when the oldest live worker reported
    /// first, so that workers that start together after a pause do not fail each other's jobs; without a live worker nothing is known.
    /// A name that was known within the grace is still known: its worker may be restarting.
    /// </summary>
    private int FailOrphans(MaintenanceRequest request)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var oldest = long.MaxValue;
        var before = session.Now - request.NoHandlerGrace.Ticks;
        var read = session.Statements["read-recent-workers"].Bind(1, before);
        while (read.Step())
        {
            known.UnionWith(JsonColumns.List(read.Text(0)));
            if (read.Int64(2) == 0)
                oldest = Math.Min(oldest, read.Int64(1));
        }

        if (oldest > before)
            return 0;

        var failed = 0;
        // A list, because a dead letter may open a lane.
        foreach (var lane in session.Lanes.All.Where(lane => !known.Contains(lane.Name)).ToList())
        {
            if (failed >= request.BatchSize)
                break;

            failed += FailOrphans(lane, before, request.BatchSize - failed);
        }

        return failed;
    }

    private int FailOrphans(Lane lane, long before, int limit)
    {
        var orphans = new List<(long Rank, long Job, int Runs, string Policy)>();
        var read = session.Statements["read-orphans"].Bind(1, lane.Number).Bind(2, before).Bind(3, limit);
        while (read.Step())
            orphans.Add((read.Int64(0), read.Int64(1), read.Int32(2), read.Text(3)));

        foreach (var (rank, job, runs, policy) in orphans)
        {
            session.Statements["delete-ready"].Bind(1, lane.Number).Bind(2, rank).Bind(3, job).Run();
            FailOrphan(lane, job, runs, policy);
        }

        return orphans.Count < limit && session.HasGates ? orphans.Count + FailGatedOrphans(lane, before, limit - orphans.Count) : orphans.Count;
    }

    private int FailGatedOrphans(Lane lane, long before, int limit)
    {
        var orphans = new List<(long Job, int Runs, string Policy)>();
        var read = session.Statements["read-gated-orphans"].Bind(1, lane.Number).Bind(2, before).Bind(3, limit);
        while (read.Step())
            orphans.Add((read.Int64(0), read.Int32(1), read.Text(2)));

        foreach (var (job, runs, policy) in orphans)
        {
            session.Gated.Remove(job);
            FailOrphan(lane, job, runs, policy);
        }

        return orphans.Count;
    }

    private void FailOrphan(Lane lane, long job, int runs, string policy)
    {
        session.Places.SignalEnded(job);
        session.Places.End(job, new JobEnd
        {
            Status = EndStatus.Failed,
            Runs = runs,
            Policy = policy,
            Reason = FailureReason.NoHandler,
            Error = $"No live worker has a handler for '{lane.Name}'. Deploy one, or add the name to the Aliases of the job that replaced it.",
        });
    }

    private int RemoveExpired(int limit) => Remove(session.Statements["read-expired"].Bind(1, session.Now).Bind(2, limit));

    private int Remove(SqliteStatement read)
    {
        var jobs = new List<long>();
        while (read.Step())
            jobs.Add(read.Int64(0));

        foreach (var job in jobs)
            session.Places.Remove(job);

        return jobs.Count;
    }
}
