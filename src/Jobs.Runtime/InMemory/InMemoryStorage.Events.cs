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
            return ValueTask.FromResult<IReadOnlyList<JobEvent>>([.. _events
                .Select(static entry => entry.Event)
                .Where(told => told.Sequence > query.AfterSequence && (query.JobId is null || told.JobId == query.JobId))
                .Take(query.Limit)]);
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
