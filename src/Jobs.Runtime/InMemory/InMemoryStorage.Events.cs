using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    /// <summary>The event log, with the time at which each entry was stored.</summary>
    private readonly Queue<(long StoredAt, JobEvent Event)> _events = new();
    private long _lastEvent;

    public ValueTask AppendEventsAsync(IReadOnlyList<JobEvent> events, TimeSpan retention, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        lock (_gate)
        {
            var now = Now();
            foreach (var told in events)
                _events.Enqueue((now, told with { Sequence = ++_lastEvent }));

            while (_events.TryPeek(out var oldest) && now - oldest.StoredAt > retention.Ticks)
                _events.Dequeue();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<JobEvent>> ReadEventsAsync(JobEventQuery query, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<JobEvent>>(cancellationToken);

        lock (_gate)
        {
            var found = new List<JobEvent>();
            foreach (var (_, told) in _events)
            {
                if (found.Count == query.Limit)
                    break;

                if (told.Sequence > query.AfterSequence && (query.JobId is null || told.JobId == query.JobId))
                    found.Add(told);
            }

            return ValueTask.FromResult<IReadOnlyList<JobEvent>>(found);
        }
    }

    public ValueTask<long> GetLastEventAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<long>(cancellationToken);

        lock (_gate)
            return ValueTask.FromResult(_lastEvent);
    }
}
