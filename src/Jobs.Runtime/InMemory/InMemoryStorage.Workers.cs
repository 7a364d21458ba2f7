using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    /// <summary>The workers on the list.</summary>
    private readonly Dictionary<string, WorkerState> _workers = [];

    /// <summary>Workers that were declared dead, until everything that they held is taken over.</summary>
    private readonly List<WorkerState> _dead = [];

    /// <summary>The ids of workers that were declared dead and have not reported since, with the time of their death.</summary>
    private readonly Dictionary<string, long> _obituaries = [];

    /// <summary>When the names of workers that are gone were last known.</summary>
    private readonly Dictionary<string, long> _namesOfGoneWorkers = new(StringComparer.Ordinal);

    public ValueTask<bool> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);

        lock (_gate)
        {
            var now = Now();
            _lastHeardAt = now;
            if (_workers.TryGetValue(heartbeat.WorkerId, out var worker))
            {
                worker.LastHeartbeatAt = now;
                worker.LeaseFrom = now;
                worker.Heartbeat = heartbeat;
                return ValueTask.FromResult(true);
            }

            _workers.Add(heartbeat.WorkerId, new WorkerState(heartbeat.WorkerId, now) { LastHeartbeatAt = now, LeaseFrom = now, Heartbeat = heartbeat });
            return ValueTask.FromResult(!_obituaries.Remove(heartbeat.WorkerId));
        }
    }

    public ValueTask RetireWorkerAsync(string workerId, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        bool signal;
        List<JobId>? ended = null;
        lock (_gate)
        {
            if (!_workers.Remove(workerId, out var worker))
                return ValueTask.CompletedTask;

            _pauses.Remove((PauseScope.Worker, workerId));

            var now = Now();
            RememberNames(worker, now);
            var readied = false;
            while (worker.Held.First is { } entry)
                GiveBack(entry, FailureReason.None, now, ref readied, ref ended);

            signal = TakeHunger(readied);
        }

        Signal(signal, ended);
        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseUnknownAsync(string workerId, IReadOnlyCollection<JobLease> known, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        var leases = known.ToHashSet();
        bool signal;
        List<JobId>? ended = null;
        lock (_gate)
        {
            if (!_workers.TryGetValue(workerId, out var worker))
                return ValueTask.CompletedTask;

            var now = Now();
            var readied = false;
            for (var entry = worker.Held.First; entry is not null;)
            {
                var next = entry.Next;
                if (!leases.Contains(entry.Lease))
                    GiveBack(entry, FailureReason.None, now, ref readied, ref ended);

                entry = next;
            }

            signal = TakeHunger(readied);
        }

        Signal(signal, ended);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<WorkerInfo>>(cancellationToken);

        lock (_gate)
        {
            var workers = new List<WorkerInfo>(_workers.Count);
            foreach (var worker in _workers.Values)
            {
                var heartbeat = worker.Heartbeat;
                workers.Add(new WorkerInfo(worker.Id, heartbeat.Host, heartbeat.Version, Ticks.ToTime(worker.StartedAt), Ticks.ToTime(worker.LastHeartbeatAt), worker.Held.Count, heartbeat.Queues));
            }

            return ValueTask.FromResult<IReadOnlyList<WorkerInfo>>(workers);
        }
    }

    /// <summary>Ends the run of a held job without counting it: the job is ready again, or cancelled if that was asked for.</summary>
    private void GiveBack(JobEntry entry, FailureReason reason, long now, ref bool readied, ref List<JobId>? ended)
    {
        Unhold(entry);
        entry.AddToHistory(now, reason, error: null);
        if (entry.IsCancelRequested)
        {
            EndCancelled(entry, now, counts: false);
            (ended ??= []).Add(entry.Id);
            return;
        }

        entry.Extra!.ClearProgress();
        entry.Extra.ChangedAt = now;
        readied |= Enqueue(entry, now, now);
    }

    private void Signal(bool ready, List<JobId>? ended)
    {
        if (ready)
            _signals.JobsReady();

        SignalFollowUps();
        if (ended is null)
            return;

        foreach (var id in ended)
            _signals.JobEnded(id);
    }
}
