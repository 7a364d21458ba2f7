using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>The limits that the workers share, as room for the claim under way. Token buckets are kept as the time at which they are full (the generic cell rate algorithm).</summary>
internal sealed class SharedRooms
{
    private readonly WriteSession _session;
    private readonly List<SharedLimit> _limits = [];
    private readonly List<SharedLimit> _perKey = [];
    private readonly List<int> _given = [];
    private readonly List<int> _left = [];
    private readonly Dictionary<long, int[]> _limitsOfLane = [];
    private readonly HashSet<Lane> _seen = [];

    public SharedRooms(WriteSession session, IReadOnlyList<SharedLimit> limits)
    {
        _session = session;
        var held = limits.Any(static l => l.MaxRunning is not null) ? CountHeld() : [];
        foreach (var limit in limits)
        {
            if (limit.IsPerKey)
            {
                _perKey.Add(limit);
                continue;
            }

            var room = Math.Min(
                limit.MaxRunning is { } max ? Math.Max(0, max - Sum(held, limit)) : int.MaxValue,
                limit.Rate is { } rate ? Available(limit.Id, rate) : int.MaxValue);
            _limits.Add(limit);
            _given.Add(room);
            _left.Add(room);
        }
    }

    public bool HasRoom(Lane lane)
    {
        _seen.Add(lane);
        return Array.TrueForAll(LimitsOf(lane), i => _left[i] > 0);
    }

    public void Count(Lane lane, int jobs)
    {
        foreach (var i in LimitsOf(lane))
            _left[i] -= jobs;
    }

    /// <summary>When the permits of its key let a job of a lane start; null when they do now.</summary>
    public long? HeldBackUntil(Lane lane, string gate)
    {
        long? until = null;
        foreach (var (limit, id) in KeyLimits(lane, gate))
        {
            if (Available(id, limit.Rate!) == 0)
                until = Math.Max(until ?? 0, NextPermitAt(id, limit.Rate!));
        }

        return until;
    }

    /// <summary>Takes the permits of a job's key.</summary>
    public void CountKey(Lane lane, string gate)
    {
        foreach (var (limit, id) in KeyLimits(lane, gate))
            Take(id, limit.Rate!, 1);
    }

    /// <summary>Takes the permits of what was claimed. Answers when the next one is there for jobs that had none left; null when none waits for one.</summary>
    public long? End()
    {
        long? next = null;
        for (var i = 0; i < _limits.Count; i++)
        {
            if (_limits[i].Rate is not { } rate)
                continue;

            if (_given[i] > _left[i])
                Take(_limits[i].Id, rate, _given[i] - _left[i]);

            if (Available(_limits[i].Id, rate) == 0 && _seen.Any(lane => _limits[i].Covers(lane.Name, lane.Queue)))
                next = Math.Min(next ?? long.MaxValue, NextPermitAt(_limits[i].Id, rate));
        }

        return next;
    }

    private List<(Lane Lane, int Count)> CountHeld()
    {
        var held = new List<(Lane, int)>();
        var read = _session.Statements["count-held-by-lane"];
        while (read.Step())
        {
            if (_session.Lanes.Find(read.Int64(0)) is { } lane)
                held.Add((lane, read.Int32(1)));
        }

        return held;
    }

    private static int Sum(List<(Lane Lane, int Count)> held, SharedLimit limit)
    {
        var sum = 0;
        foreach (var (lane, count) in held)
        {
            if (limit.Covers(lane.Name, lane.Queue))
                sum += count;
        }

        return sum;
    }

    private int[] LimitsOf(Lane lane)
    {
        if (!_limitsOfLane.TryGetValue(lane.Number, out var limits))
            _limitsOfLane.Add(lane.Number, limits = [.. Enumerable.Range(0, _limits.Count).Where(i => _limits[i].Covers(lane.Name, lane.Queue))]);

        return limits;
    }

    private IEnumerable<(SharedLimit Limit, string Id)> KeyLimits(Lane lane, string gate)
    {
        if (gate.Length == 0)
            yield break;

        foreach (var limit in _perKey)
        {
            if (limit.Covers(lane.Name, lane.Queue))
                yield return (limit, limit.Id + "\n" + gate);
        }
    }

    private int Available(string id, RateLimit rate) =>
        (int)Math.Max(0, ((rate.Burst * rate.Interval.Ticks) - (Math.Max(FullAt(id), _session.Now) - _session.Now)) / rate.Interval.Ticks);

    private long NextPermitAt(string id, RateLimit rate) => FullAt(id) - ((rate.Burst - 1) * rate.Interval.Ticks);

    private void Take(string id, RateLimit rate, int permits) =>
        _session.Statements["write-bucket"].Bind(1, id).Bind(2, Math.Max(FullAt(id), _session.Now) + (permits * rate.Interval.Ticks)).Run();

    private long FullAt(string id)
    {
        var read = _session.Statements["read-bucket"].Bind(1, id);
        var fullAt = read.Step() ? read.Int64(0) : 0;
        read.Reset();
        return fullAt;
    }
}
