using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>Limits that keys and workers share.</summary>
internal sealed partial class InMemoryStorage
{
    private readonly RateBuckets _buckets = new();
    private readonly PriorityQueue<GatedStream, long> _suspended = new();
    private SharedRooms? _shared;

    /// <summary>When the last claim's rate limits let more jobs start; null when they hold none back.</summary>
    private long? _nextPermitAt;

    private static long? Earlier(long? left, long? right) => left is null || right < left ? right : left;

    /// <summary>Ends the hold on a job: the one way out of a worker's hands.</summary>
    private void Unhold(JobEntry entry)
    {
        entry.Worker!.Held.Remove(entry);
        if (entry.Details is { IsGated: true })
            _lanes.Gates.Leave(entry);
    }

    private SharedRooms? BeginShared(WorkExchange exchange, long now)
    {
        if (exchange.SharedLimits.Count == 0)
            return null;

        _shared ??= new SharedRooms(_buckets);
        _shared.Begin(exchange.SharedLimits, _workers.Values.Concat(_dead), now);
        return _shared;
    }

    private void WakeSuspended(long now)
    {
        while (_suspended.TryPeek(out var stream, out var until) && until <= now)
        {
            _suspended.Dequeue();
            stream.SleepsUntil = 0;
            stream.Lane.Relist(stream);
        }
    }
}
