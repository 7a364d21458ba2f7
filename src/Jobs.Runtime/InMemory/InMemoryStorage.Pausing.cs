using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    /// <summary>What is paused, since when. Lanes of paused queues and jobs are left out where workers choose theirs, which costs a claim nothing.</summary>
    private readonly Dictionary<(PauseScope Scope, string Key), long> _pauses = [];

    public ValueTask<bool> SetPausedAsync(PauseScope scope, string key, bool isPaused, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);

        lock (_gate)
        {
            if (isPaused && scope == PauseScope.Worker && !_workers.ContainsKey(key))
                return ValueTask.FromResult(false);

            if (isPaused ? !_pauses.TryAdd((scope, key), Now()) : !_pauses.Remove((scope, key)))
                return ValueTask.FromResult(false);

            if (scope == PauseScope.ConcurrencyKey)
                _lanes.Gates.SetPaused(key, isPaused);

            _lanes.Choosable = _pauses.Count == 0 ? null : IsOpen;
        }

        if (!isPaused)
            _signals.JobsReady();

        return ValueTask.FromResult(true);
    }

    public ValueTask<IReadOnlyList<JobPause>> ListPausesAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<JobPause>>(cancellationToken);

        lock (_gate)
            return ValueTask.FromResult<IReadOnlyList<JobPause>>([.. _pauses.OrderBy(static p => p.Value).Select(static p => new JobPause(p.Key.Scope, p.Key.Key, Ticks.ToTime(p.Value)))]);
    }

    public ValueTask<IReadOnlyList<QueueInfo>> ListQueuesAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<QueueInfo>>(cancellationToken);

        var queues = new SortedDictionary<string, (long Pending, long Running, long OldestAt)>(StringComparer.Ordinal);
        lock (_gate)
        {
            var now = Now();
            for (var entry = _jobs.FindBefore(long.MaxValue); entry is not null; entry = _jobs.FindBefore(entry.Sequence))
            {
                if (entry.HasEnded)
                    continue;

                var (pending, running, oldestAt) = queues.GetValueOrDefault(entry.Queue, (0, 0, long.MaxValue));
                if (entry.Place == EntryPlace.Held)
                    running++;
                else if (SnapshotMaker.StatusOf(entry, now) == JobStatus.Pending)
                    (pending, oldestAt) = (pending + 1, Math.Min(oldestAt, entry.At));

                queues[entry.Queue] = (pending, running, oldestAt);
            }

            foreach (var (scope, key) in _pauses.Keys)
            {
                if (scope == PauseScope.Queue)
                    queues.TryAdd(key, (0, 0, long.MaxValue));
            }

            var found = new List<QueueInfo>(queues.Count);
            foreach (var (queue, (pending, running, oldestAt)) in queues)
                found.Add(new QueueInfo(queue, _pauses.ContainsKey((PauseScope.Queue, queue)), pending, running, oldestAt <= now ? TimeSpan.FromTicks(now - oldestAt) : null));

            return ValueTask.FromResult<IReadOnlyList<QueueInfo>>(found);
        }
    }

    public ValueTask<JobStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<JobStatistics>(cancellationToken);

        var statistics = new JobStatisticsBuilder();
        lock (_gate)
        {
            var now = Now();
            for (var entry = _jobs.FindBefore(long.MaxValue); entry is not null; entry = _jobs.FindBefore(entry.Sequence))
            {
                var status = SnapshotMaker.StatusOf(entry, now);
                if (!entry.HasEnded)
                {
                    statistics.AddOpen(entry.Name, status, 1);
                    continue;
                }

                var hasCompleted = status == JobStatus.Completed;
                statistics.AddEnded(
                    entry.Name,
                    status,
                    Ticks.ToTime(entry.At),
                    hasCompleted ? TimeSpan.FromTicks(entry.At - entry.ClaimedAt) : null,
                    hasCompleted && entry.Attempts == 1 ? TimeSpan.FromTicks(entry.ClaimedAt - FirstDue(entry, entry.CreatedTicks)) : null);
            }

            return ValueTask.FromResult(statistics.Build(Ticks.ToTime(now)));
        }
    }

    private bool IsOpen(Lane lane) => !_pauses.ContainsKey((PauseScope.Queue, lane.Queue)) && !_pauses.ContainsKey((PauseScope.Job, lane.Name));

    private bool MayClaim(string workerId) => !_pauses.ContainsKey((PauseScope.Everything, string.Empty)) && !_pauses.ContainsKey((PauseScope.Worker, workerId));
}
