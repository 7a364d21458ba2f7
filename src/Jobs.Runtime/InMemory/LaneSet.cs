namespace Jobs.InMemory;

/// <summary>All lanes, by queue and name.</summary>
internal sealed class LaneSet
{
    /// <summary>Below so many lanes, the empty ones cost less than making them again.</summary>
    private const int FewLanes = 256;

    private readonly Dictionary<(string Queue, string Name), Lane> _lanes = [];
    private readonly Dictionary<string, Room> _queues = [];
    private readonly Dictionary<string, Room> _names = [];
    private Lane? _latest;

    public ConcurrencyGates Gates { get; } = new();

    /// <summary>Changes whenever lanes come or go, or others can be chosen.</summary>
    public int Version { get; private set; }

    /// <summary>Which lanes claims may choose; null for all.</summary>
    public Func<Lane, bool>? Choosable
    {
        get;
        set
        {
            field = value;
            Version++;
        }
    }

    public IReadOnlyCollection<Lane> All => _lanes.Values;

    public Lane Of(Storage.JobRecord record)
    {
        // Clients hand over the same string instances again and again, which spares hashing them.
        if (_latest is { } latest && ReferenceEquals(latest.Queue, record.Queue) && ReferenceEquals(latest.Name, record.Name))
            return latest;

        var key = (record.Queue, record.Name);
        if (!_lanes.TryGetValue(key, out var lane))
        {
            lane = new Lane(record.Queue, record.Name, RoomOf(_queues, record.Queue), RoomOf(_names, record.Name), Gates);
            _lanes.Add(key, lane);
            Version++;
        }

        _latest = lane;
        return lane;
    }

    /// <summary>Forgets empty lanes when there are many, as there are with a queue per customer.</summary>
    public void Trim()
    {
        if (_lanes.Count <= FewLanes)
            return;

        var liveQueues = new HashSet<string>();
        var liveNames = new HashSet<string>();
        foreach (var (key, lane) in _lanes)
        {
            if (lane.Count == 0)
            {
                _lanes.Remove(key);
                continue;
            }

            liveQueues.Add(key.Queue);
            liveNames.Add(key.Name);
        }

        RemoveOthers(_queues, liveQueues);
        RemoveOthers(_names, liveNames);
        _latest = null;
        Version++;
    }

    private static Room RoomOf(Dictionary<string, Room> rooms, string key)
    {
        if (!rooms.TryGetValue(key, out var room))
            rooms.Add(key, room = new Room());

        return room;
    }

    private static void RemoveOthers(Dictionary<string, Room> rooms, HashSet<string> live)
    {
        foreach (var key in rooms.Keys)
        {
            if (!live.Contains(key))
                rooms.Remove(key);
        }
    }
}
