namespace Jobs.InMemory;

/// <summary>
/// The ready jobs of one queue and name: a list per priority, and a heap over the priorities present. With one priority, which
/// is the common case, adding and taking touch neither heap nor dictionary.
/// </summary>
internal sealed class Lane(string queue, string name, Room queueRoom, Room nameRoom, ConcurrencyGates gates)
{
    private readonly PriorityQueue<Level, long> _order = new();
    private readonly Dictionary<int, Level> _levels = [];
    private Level? _latest;

    public string Queue { get; } = queue;

    public string Name { get; } = name;

    public Room QueueRoom { get; } = queueRoom;

    public Room NameRoom { get; } = nameRoom;

    /// <summary>The rooms that the claim under way shares with other workers.</summary>
    public Room[] SharedRooms { get; set; } = [];

    /// <summary>The jobs that keys decide about; null until there is one.</summary>
    public GatedLane? Gated { get; private set; }

    public bool HasRoom
    {
        get
        {
            if (NameRoom.Left <= 0 || QueueRoom.Left <= 0)
                return false;

            foreach (var room in SharedRooms)
            {
                if (room.Left <= 0)
                    return false;
            }

            return true;
        }
    }

    public int Count { get; private set; }

    /// <summary>The levels, in no order; some may be empty.</summary>
    public IReadOnlyCollection<Level> Levels => _levels.Values;

    public void Add(JobEntry entry)
    {
        Count++;
        if (entry.Details is { IsGated: true })
        {
            (Gated ??= new GatedLane(gates)).Add(entry);
            return;
        }

        LevelOf(entry.Priority).Entries.Add(entry);
    }

    public void Remove(JobEntry entry)
    {
        Count--;
        if (entry.Details is { IsGated: true })
        {
            Gated!.Remove(entry);
            return;
        }

        LevelOf(entry.Priority).Entries.Remove(entry);
    }

    /// <summary>Takes a job off the lane to be held, and all room that it needs with it.</summary>
    public void Take(JobEntry entry)
    {
        NameRoom.Left--;
        QueueRoom.Left--;
        foreach (var room in SharedRooms)
            room.Left--;

        Gated?.CountTurn(entry);
        Remove(entry);
    }

    /// <summary>The job to claim next; null when there is none that can be claimed.</summary>
    public JobEntry? Peek()
    {
        if (Gated is null)
            return PeekPlain();

        var (plain, gated) = (PeekPlain(), Gated.Peek());
        return plain is null || (gated is not null && ClaimOrder.IsBefore(gated, plain)) ? gated : plain;
    }

    private JobEntry? PeekPlain()
    {
        if (Count == (Gated?.Count ?? 0))
            return null;

        while (true)
        {
            var best = _order.Peek();
            if (best.Entries.First is { } entry)
                return entry;

            _order.Dequeue();
            _levels.Remove(best.Priority);
            if (ReferenceEquals(best, _latest))
                _latest = null;
        }
    }

    /// <summary>A job that has been due since the given time; null when there is none.</summary>
    public JobEntry? FindDueBefore(long time)
    {
        foreach (var level in _levels.Values)
        {
            if (level.Entries.First is { } entry && entry.At <= time)
                return entry;
        }

        foreach (var stream in Gated?.Streams ?? [])
        {
            foreach (var entry in stream.Entries)
            {
                if (entry.At <= time)
                    return entry;
            }
        }

        return null;
    }

    private Level LevelOf(int priority)
    {
        if (_latest is { } latest && latest.Priority == priority)
            return latest;

        if (!_levels.TryGetValue(priority, out var level))
        {
            level = new Level(priority);
            _levels.Add(priority, level);
            _order.Enqueue(level, -(long)priority);
        }

        _latest = level;
        return level;
    }
}
