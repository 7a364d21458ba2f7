namespace Jobs.InMemory;

/// <summary>
/// The ready jobs of a lane that keys decide about. Streams at their key's limit are not listed, so that a claim never looks at
/// them, however many there are; tenants are listed in the order of their turns.
/// </summary>
internal sealed class GatedLane(ConcurrencyGates gates)
{
    private static readonly Comparer<GatedGroup> _byTurn = Comparer<GatedGroup>.Create(static (x, y) =>
    {
        var byPriority = y.ListedBy!.Priority.CompareTo(x.ListedBy!.Priority);
        var byTurn = byPriority != 0 ? byPriority : x.Turn.CompareTo(y.Turn);
        return byTurn != 0 ? byTurn : string.CompareOrdinal(x.Tenant, y.Tenant);
    });

    private readonly Dictionary<(string? Tenant, string? Key), GatedStream> _streams = [];
    private readonly Dictionary<string, GatedGroup> _tenants = new(StringComparer.Ordinal);
    private readonly GatedGroup _free = new(null);
    private readonly SortedSet<GatedGroup> _turns = new(_byTurn);
    private long _lastTurn;

    public int Count { get; private set; }

    public IEnumerable<GatedStream> Streams => _streams.Values;

    public void Add(JobEntry entry)
    {
        var details = entry.Details!;
        if (!_streams.TryGetValue((details.FairnessKey, details.ConcurrencyKey), out var stream))
        {
            var group = GroupOf(details.FairnessKey);
            stream = new GatedStream(this, group, details.ConcurrencyKey is { } key ? gates.Of(key) : null);
            stream.Gate?.Streams.Add(stream);
            group.Streams++;
            _streams.Add((details.FairnessKey, details.ConcurrencyKey), stream);
        }

        stream.Entries.Add(entry);
        Count++;
        Relist(stream);
    }

    public void Remove(JobEntry entry)
    {
        var stream = StreamOf(entry);
        stream.Entries.Remove(entry);
        Count--;
        Relist(stream);
        if (stream.Entries.Count > 0)
            return;

        _streams.Remove((entry.Details!.FairnessKey, entry.Details.ConcurrencyKey));
        stream.Gate?.Streams.Remove(stream);
        if (stream.Gate is { } gate)
            gates.Trim(gate);

        if (--stream.Group.Streams == 0 && stream.Group.Tenant is { } tenant)
            _tenants.Remove(tenant);
    }

    /// <summary>The job to claim next; null when none can be.</summary>
    public JobEntry? Peek()
    {
        var (free, next) = (_free.First, _turns.Min?.First);
        return free is null || (next is not null && ClaimOrder.IsBefore(next, free)) ? next : free;
    }

    /// <summary>Notes that a tenant had its turn.</summary>
    public void CountTurn(JobEntry entry)
    {
        if (entry.Details?.FairnessKey is null)
            return;

        var group = StreamOf(entry).Group;
        Unlist(group);
        group.Turn = ++_lastTurn;
        List(group);
    }

    /// <summary>Holds a job's stream back for a while.</summary>
    public GatedStream Suspend(JobEntry entry, long until)
    {
        var stream = StreamOf(entry);
        stream.SleepsUntil = until;
        Relist(stream);
        return stream;
    }

    /// <summary>Lists a stream by its first job, or not at all: after every change of its jobs or its gate.</summary>
    public void Relist(GatedStream stream)
    {
        var group = stream.Group;
        Unlist(group);
        if (stream.ListedBy is not null)
        {
            group.Open.Remove(stream);
            stream.ListedBy = null;
        }

        if (stream.IsOpen)
        {
            stream.ListedBy = stream.Entries.Min;
            group.Open.Add(stream);
        }

        List(group);
    }

    private GatedStream StreamOf(JobEntry entry) => _streams[(entry.Details!.FairnessKey, entry.Details.ConcurrencyKey)];

    private GatedGroup GroupOf(string? tenant)
    {
        if (tenant is null)
            return _free;

        // A tenant without jobs is forgotten, and begins again behind all who wait: else one that enqueues job after job would
        // always be the one that had no turn yet.
        if (!_tenants.TryGetValue(tenant, out var group))
            _tenants.Add(tenant, group = new GatedGroup(tenant) { Turn = _lastTurn });

        return group;
    }

    private void Unlist(GatedGroup group)
    {
        if (group.ListedBy is null)
            return;

        _turns.Remove(group);
        group.ListedBy = null;
    }

    private void List(GatedGroup group)
    {
        if (group.Tenant is null || group.First is not { } first)
            return;

        group.ListedBy = first;
        _turns.Add(group);
    }
}
