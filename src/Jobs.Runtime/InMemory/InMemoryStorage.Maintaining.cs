using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    private static readonly TimeSpan _obituaryRetention = TimeSpan.FromDays(1);

    /// <summary>When anybody last reported or maintained.</summary>
    private long _lastHeardAt;

    public ValueTask<MaintenanceReport> MaintainAsync(MaintenanceRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<MaintenanceReport>(cancellationToken);

        MaintenanceReport report;
        bool signal;
        List<JobId>? ended = null;
        lock (_gate)
        {
            var now = Now();
            var readied = Promote(now);
            DeclareDead(now);
            var (takenOver, stalled) = TakeOver(request, now, ref readied, ref ended);
            var orphaned = FailOrphans(request, now, ref ended);
            var removed = RemoveExpired(request, now);
            signal = TakeHunger(readied);
            _lanes.Trim();
            _buckets.Trim(now);
            _finished.Trim();
            var isDone = takenOver + stalled < request.BatchSize && orphaned < request.BatchSize && removed < request.BatchSize;
            report = new MaintenanceReport(takenOver, stalled, orphaned, removed, isDone);
        }

        Signal(signal, ended);
        return ValueTask.FromResult(report);
    }

    /// <remarks>
    /// The storage is away only together with its process, when the machine sleeps or a debugger holds it. Then nobody was heard
    /// for longer than a lease, and the workers get one more before their silence counts.
    /// </remarks>
    private void DeclareDead(long now)
    {
        var silence = now - _lastHeardAt;
        _lastHeardAt = now;
        foreach (var (id, worker) in _workers)
        {
            if (!worker.IsExpired(now))
                continue;

            if (silence > worker.Heartbeat.LeaseDuration.Ticks)
            {
                worker.LeaseFrom = now;
                continue;
            }

            _workers.Remove(id);
            RememberNames(worker, worker.LastHeartbeatAt);
            _dead.Add(worker);
            _obituaries[id] = now;
        }

        foreach (var (id, diedAt) in _obituaries)
        {
            if (now - diedAt > _obituaryRetention.Ticks)
                _obituaries.Remove(id);
        }
    }

    private (int TakenOver, int Stalled) TakeOver(MaintenanceRequest request, long now, ref bool readied, ref List<JobId>? ended)
    {
        var (takenOver, stalled) = (0, 0);
        for (var i = _dead.Count - 1; i >= 0; i--)
        {
            var worker = _dead[i];
            while (worker.Held.First is { } entry)
            {
                if (takenOver + stalled == request.BatchSize)
                    return (takenOver, stalled);

                var extra = entry.EnsureExtra();
                if (extra.CancelRequested || extra.Takeovers < request.MaxTakeovers)
                {
                    extra.Takeovers++;
                    GiveBack(entry, FailureReason.Stalled, now, ref readied, ref ended);
                    takenOver++;
                    continue;
                }

                Unhold(entry);
                entry.AddToHistory(now, FailureReason.Stalled, error: null);
                Fail(entry, FailureReason.Stalled, $"The workers that ran it died or fell silent {extra.Takeovers + 1} times, the last one was '{worker.Id}'.", now, ref ended);
                stalled++;
            }

            _dead.RemoveAt(i);
        }

        return (takenOver, stalled);
    }

    private int FailOrphans(MaintenanceRequest request, long now, ref List<JobId>? ended)
    {
        // Some worker must have lived through the grace: after a pause of all of them, jobs wait for those that know them.
        if (!_workers.Values.Any(worker => now - worker.StartedAt >= request.NoHandlerGrace.Ticks))
            return 0;

        var orphaned = 0;
        HashSet<string>? known = null;

        // A copy, because a dead letter may open a lane.
        foreach (var lane in _lanes.All.ToArray())
        {
            if (lane.Count == 0)
                continue;

            known ??= KnownNames(now - request.NoHandlerGrace.Ticks);
            if (known.Contains(lane.Name))
                continue;

            while (orphaned < request.BatchSize && lane.FindDueBefore(now - request.NoHandlerGrace.Ticks) is { } entry)
            {
                Withdraw(entry);
                Fail(entry, FailureReason.NoHandler, $"No live worker knows a job '{lane.Name}'.", now, ref ended);
                orphaned++;
            }
        }

        return orphaned;
    }

    /// <summary>The names that a live worker knows, or one that was alive after the given time: it may be restarting.</summary>
    private HashSet<string> KnownNames(long since)
    {
        var names = new HashSet<string>();
        foreach (var (name, lastKnownAt) in _namesOfGoneWorkers)
        {
            if (lastKnownAt > since)
                names.Add(name);
        }

        foreach (var worker in _workers.Values)
            names.UnionWith(worker.Heartbeat.Names);

        return names;
    }

    private void RememberNames(WorkerState worker, long lastSeenAt)
    {
        foreach (var name in worker.Heartbeat.Names)
            _namesOfGoneWorkers[name] = lastSeenAt;
    }

    private int RemoveExpired(MaintenanceRequest request, long now)
    {
        var removed = 0;
        while (removed < request.BatchSize && _finished.FindExpired(now) is { } entry)
        {
            RemoveFinished(entry);
            removed++;
        }

        _finished.Bound(request.Bounds);
        while (removed < request.BatchSize && _finished.FindSurplus() is { } entry)
        {
            RemoveFinished(entry);
            removed++;
        }

        return removed;
    }

    /// <summary>Fails a job that is no longer in any list, by the storage's own decision.</summary>
    private void Fail(JobEntry entry, FailureReason reason, string error, long now, ref List<JobId>? ended)
    {
        var extra = entry.EnsureExtra();
        (extra.Reason, extra.Error, extra.LastFailedAt) = (reason, error, now);
        End(entry, EntryPlace.Failed, now);
        (ended ??= []).Add(entry.Id);
    }
}
