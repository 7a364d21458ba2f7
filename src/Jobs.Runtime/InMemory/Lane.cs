namespace Jobs.InMemory;

/// <summary>
/// The ready jobs of one queue and name: a list per priority, and a heap over the priorities present. With one priority, which
/// is the common case, adding and taking touch neither heap nor dictionary.
/// </summary>
internal sealed class Lane(string queue, string name, Room queueRoom, Room nameRoom)
{
    private readonly PriorityQueue<Level, long> _order = new();
    private readonly Dictionary<int, Level> _levels = [];
    private Level? _latest;

    public string Queue { get; } = queue;

    public string Name { get; } = name;

    public Room QueueRoom { get; } = queueRoom;

    public Room NameRoom { get; } = nameRoom;

    public int Count { get; private set; }

    /// <summary>The levels, in no order; some may be empty.</summary>
    public IReadOnlyCollection<Level> Levels => _levels.Values;

    public void Add(JobEntry entry)
    {
        LevelOf(entry.Priority).Entries.Add(entry);
        Count++;
    }

    public void Remove(JobEntry entry)
    {
        LevelOf(entry.Priority).Entries.Remove(entry);
        Count--;
    }

    /// <summary>The job to claim next; null when the lane is empty.</summary>
    public JobEntry? Peek()
    {
        if (Count == 0)
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
