using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>The limits that the workers share, as room for the claim under way.</summary>
internal sealed class SharedRooms(RateBuckets buckets)
{
    private readonly List<(SharedLimit Limit, Room Room, int Given)> _rooms = [];
    private readonly List<SharedLimit> _perKey = [];

    public void Begin(IReadOnlyList<SharedLimit> limits, IEnumerable<WorkerState> workers, long now)
    {
        _rooms.Clear();
        _perKey.Clear();
        var running = limits.Any(static l => l.MaxRunning is not null) ? Count(limits, workers) : null;
        for (var i = 0; i < limits.Count; i++)
        {
            if (limits[i].IsPerKey)
            {
                _perKey.Add(limits[i]);
                continue;
            }

            var given = Math.Min(
                limits[i].MaxRunning is { } max ? Math.Max(0, max - running![i]) : int.MaxValue,
                limits[i].Rate is { } rate ? buckets.Available(limits[i].Id, rate, now) : int.MaxValue);
            _rooms.Add((limits[i], new Room { Left = given }, given));
        }
    }

    public Room[] Of(Lane lane)
    {
        var rooms = new List<Room>();
        foreach (var (limit, room, _) in _rooms)
        {
            if (limit.Covers(lane.Name, lane.Queue))
                rooms.Add(room);
        }

        return [.. rooms];
    }

    /// <summary>When the permits of its key let a job start; null when they do now.</summary>
    public long? HeldBackUntil(JobEntry entry, long now)
    {
        long? until = null;
        foreach (var (limit, id) in KeyLimits(entry))
        {
            if (buckets.Available(id, limit.Rate!, now) == 0)
                until = Math.Max(until ?? 0, buckets.NextPermitAt(id, limit.Rate!));
        }

        return until;
    }

    /// <summary>Takes the permits of a job's key.</summary>
    public void CountKey(JobEntry entry, long now)
    {
        foreach (var (limit, id) in KeyLimits(entry))
            buckets.Take(id, limit.Rate!, 1, now);
    }

    /// <summary>Takes the permits of what was claimed. Answers when the next permit is there for jobs that had none left; null when none waits for one.</summary>
    public long? End(IReadOnlyList<Lane> lanes, long now)
    {
        long? next = null;
        foreach (var (limit, room, given) in _rooms)
        {
            if (limit.Rate is not { } rate)
                continue;

            if (given > room.Left)
                buckets.Take(limit.Id, rate, given - room.Left, now);

            if (buckets.Available(limit.Id, rate, now) == 0 && lanes.Any(lane => lane.Count > 0 && limit.Covers(lane.Name, lane.Queue)))
                next = Math.Min(next ?? long.MaxValue, buckets.NextPermitAt(limit.Id, rate));
        }

        return next;
    }

    private static int[] Count(IReadOnlyList<SharedLimit> limits, IEnumerable<WorkerState> workers)
    {
        var running = new int[limits.Count];
        foreach (var worker in workers)
        {
            for (var entry = worker.Held.First; entry is not null; entry = entry.Next)
            {
                for (var i = 0; i < running.Length; i++)
                {
                    if (limits[i].MaxRunning is not null && limits[i].Covers(entry.Name, entry.Queue))
                        running[i]++;
                }
            }
        }

        return running;
    }

    private IEnumerable<(SharedLimit Limit, string Id)> KeyLimits(JobEntry entry)
    {
        if (_perKey.Count == 0 || entry.Details?.ConcurrencyKey is not { } key)
            yield break;

        foreach (var limit in _perKey)
        {
            if (limit.Covers(entry.Name, entry.Queue))
                yield return (limit, limit.Id + "\n" + key);
        }
    }
}
