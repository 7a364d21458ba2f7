namespace Jobs.InMemory;

/// <summary>The concurrency keys that are in use. Every job that is claimed or no longer held passes here, and nowhere else.</summary>
internal sealed class ConcurrencyGates
{
    private readonly Dictionary<string, ConcurrencyGate> _gates = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ConcurrencyGate> All => _gates.Values;

    public ConcurrencyGate Of(string key)
    {
        if (!_gates.TryGetValue(key, out var gate))
            _gates.Add(key, gate = new ConcurrencyGate(key));

        return gate;
    }

    public void SetPaused(string key, bool isPaused)
    {
        var gate = Of(key);
        gate.IsPaused = isPaused;
        foreach (var stream in gate.Streams)
            stream.Lane.Relist(stream);

        Trim(gate);
    }

    public ConcurrencyGate? Find(string key) => _gates.GetValueOrDefault(key);

    public void Enter(JobEntry entry)
    {
        if (entry.Details?.ConcurrencyKey is { } key)
            Of(key).Enter();
    }

    public void Leave(JobEntry entry)
    {
        if (entry.Details?.ConcurrencyKey is not { } key)
            return;

        var gate = Of(key);
        gate.Leave();
        Trim(gate);
    }

    public void Trim(ConcurrencyGate gate)
    {
        if (gate is { Running: 0, Streams.Count: 0, IsPaused: false })
            _gates.Remove(gate.Key);
    }
}
