using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    public ValueTask<IReadOnlyList<QueueBacklog>> GetBacklogAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<QueueBacklog>>(cancellationToken);

        var queues = new SortedDictionary<string, (long Ready, long Oldest)>(StringComparer.Ordinal);
        long now;
        bool signal;
        lock (_gate)
        {
            now = Now();
            var readied = Promote(now);
            signal = TakeHunger(readied);
            foreach (var lane in _lanes.All)
            {
                var ready = lane.Count - (lane.Gated?.Count ?? 0);
                if (ready == 0)
                    continue;

                var oldest = long.MaxValue;
                foreach (var level in lane.Levels)
                    oldest = Math.Min(oldest, level.Entries.First?.At ?? long.MaxValue);

                var known = queues.GetValueOrDefault(lane.Queue, (0, long.MaxValue));
                queues[lane.Queue] = (known.Ready + ready, Math.Min(known.Oldest, oldest));
            }
        }

        if (signal)
            _signals.JobsReady();

        var backlog = new List<QueueBacklog>(queues.Count);
        foreach (var (queue, (ready, oldest)) in queues)
            backlog.Add(new QueueBacklog(queue, ready, TimeSpan.FromTicks(Math.Max(0, now - oldest))));

        return ValueTask.FromResult<IReadOnlyList<QueueBacklog>>(backlog);
    }
}
