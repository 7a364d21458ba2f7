namespace Jobs.StorageBenchmarks;

/// <summary>What is measured.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Key">For the command line and the rivals.</param>
/// <param name="Callers">How many enqueue at a time.</param>
/// <param name="Length">How many times as long as others it takes: on a fresh server the first half second is compiling and planning.</param>
internal sealed record Scenario(string Name, string Key, int Callers = 1, int Length = 1)
{
    /// <summary>Those of every storage.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("bulk enqueue, a thousand at a time", "bulk"),
        new("single enqueue, 1 caller", "single", 1),
        new("single enqueue, 8 callers", "single", 8),
        new("single enqueue, 64 callers", "single", 64),
        new("drain", "drain"),
        new("end to end, enqueued by the thousand", "e2e", Length: 3),
        new("end to end, enqueued one by one", "e2e-single"),
        new("delayed jobs that become due at once", "delayed"),
        new("idle latency, enqueued to started", "latency"),
    ];

    public bool IsLatency => Key == "latency";

    /// <summary>The name of the scenario among the results.</summary>
    public string Id => Key == "single" ? $"single-{Callers}" : Key;
}
