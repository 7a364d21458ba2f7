using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>
/// The lanes that a worker serves, remembered as long as its names and queues are the same, and the heap by which a claim takes
/// the best job of all of them.
/// </summary>
internal sealed class LaneClaim
{
    private IReadOnlyList<string>? _names;
    private IReadOnlyList<string>? _queues;
    private int _version = -1;
    private Lane[] _lanes = [];
    private Lane[] _heap = [];
    private int _count;
    private SharedRooms? _shared;

    /// <summary>The lanes that the claim is about.</summary>
    public IReadOnlyList<Lane> Lanes => _lanes;

    /// <summary>Readies the heap for a claim.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="lanes">All lanes.</param>
    /// <param name="shared">The room that workers share; null when there are no such limits.</param>
    public void Begin(WorkExchange exchange, LaneSet lanes, SharedRooms? shared)
    {
        _shared = shared;
        if (_version != lanes.Version || !ReferenceEquals(_names, exchange.Names) || !ReferenceEquals(_queues, exchange.Queues))
            Choose(exchange, lanes);

        _count = 0;
        foreach (var lane in _lanes)
        {
            if (lane.Count == 0)
                continue;

            lane.NameRoom.Left = LimitOf(exchange.NameLimits, lane.Name);
            lane.QueueRoom.Left = LimitOf(exchange.QueueLimits, lane.Queue);
            lane.SharedRooms = shared?.Of(lane) ?? [];
            _heap[_count++] = lane;
        }

        Heapify();
    }

    /// <summary>Takes the best job that the limits allow off its lane; null when there is none.</summary>
    /// <param name="now">The time.</param>
    /// <param name="suspended">Gets the streams that a rate limit holds back.</param>
    public JobEntry? Take(long now, PriorityQueue<GatedStream, long> suspended)
    {
        while (_count > 0)
        {
            var lane = _heap[0];
            var entry = lane.Peek();
            if (entry is null || !lane.HasRoom)
            {
                _heap[0] = _heap[--_count];
                SiftDown(0);
                continue;
            }

            if (_shared?.HeldBackUntil(entry, now) is { } until)
            {
                suspended.Enqueue(lane.Gated!.Suspend(entry, until), until);
                SiftDown(0);
                continue;
            }

            lane.Take(entry);
            _shared?.CountKey(entry, now);
            SiftDown(0);
            return entry;
        }

        return null;
    }

    /// <summary>Orders the lanes anew: a job with a concurrency key may have closed the streams of its key in any of them.</summary>
    public void Heapify()
    {
        for (var i = (_count / 2) - 1; i >= 0; i--)
            SiftDown(i);
    }

    private static int LimitOf(Dictionary<string, int> limits, string key) =>
        limits.Count > 0 && limits.TryGetValue(key, out var limit) ? limit : int.MaxValue;

    private void Choose(WorkExchange exchange, LaneSet lanes)
    {
        var names = exchange.Names.ToHashSet();
        var queues = exchange.Queues?.ToHashSet();
        var chosen = new List<Lane>();
        foreach (var lane in lanes.All)
        {
            if (names.Contains(lane.Name) && (queues is null || queues.Contains(lane.Queue)) && lanes.Choosable?.Invoke(lane) != false)
                chosen.Add(lane);
        }

        _lanes = [.. chosen];
        _heap = new Lane[_lanes.Length];
        (_names, _queues, _version) = (exchange.Names, exchange.Queues, lanes.Version);
    }

    private static bool IsBefore(Lane left, Lane right)
    {
        var (a, b) = (left.Peek(), right.Peek());
        if (a is null || b is null)
            return a is not null;

        return ClaimOrder.IsBefore(a, b);
    }

    private void SiftDown(int index)
    {
        while (true)
        {
            var child = (index * 2) + 1;
            if (child >= _count)
                return;

            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]))
                child++;

            if (!IsBefore(_heap[child], _heap[index]))
                return;

            (_heap[index], _heap[child]) = (_heap[child], _heap[index]);
            index = child;
        }
    }
}
