namespace Jobs.StorageBenchmarks;

/// <summary>What is measured.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Key">For the command line and the rivals.</param>
/// <param name="Count">How many jobs.</param>
/// <param name="Callers">How many enqueue at a time.</param>
internal sealed record Scenario(string Name, string Key, int Count, int Callers = 1)
{
    public bool IsLatency => Key == "latency";

    public static IReadOnlyList<Scenario> All(double scale)
    {
        int Scaled(int count) => Math.Max(20, (int)(count * scale));
        return
        [
            new("bulk enqueue, jobs/s", "bulk", Scaled(50_000)),
            new("single enqueue, 1 caller, jobs/s", "single", Scaled(2_000), 1),
            new("single enqueue, 8 callers, jobs/s", "single", Scaled(8_000), 8),
            new("single enqueue, 64 callers, jobs/s", "single", Scaled(40_000), 64),
            new("drain, jobs/s", "drain", Scaled(50_000)),
            new("end to end, jobs/s", "e2e", Scaled(50_000)),
            new("idle latency, ms", "latency", Scaled(200)),
        ];
    }
}
