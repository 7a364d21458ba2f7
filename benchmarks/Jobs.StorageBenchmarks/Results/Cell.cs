namespace Jobs.StorageBenchmarks.Results;

/// <summary>What one contender reached in one scenario, round by round.</summary>
/// <param name="Contender">Its name.</param>
/// <param name="Jobs">How many jobs each round took.</param>
internal sealed record Cell(string Contender, int Jobs)
{
    /// <summary>Jobs per second per round, or all latencies in milliseconds.</summary>
    public List<double> Values { get; init; } = [];

    /// <summary>Microseconds of processor time per job.</summary>
    public List<double> Cpu { get; init; } = [];

    /// <summary>The server's share of it.</summary>
    public List<double> ServerCpu { get; init; } = [];

    /// <summary>Bytes allocated per job.</summary>
    public List<double> Bytes { get; init; } = [];

    /// <summary>Why there are no further values.</summary>
    public string? Failure { get; set; }

    public void Add(Contenders.Run run)
    {
        Values.AddRange(run.Values);
        if (run.Cpu is { } cpu)
            Cpu.Add(cpu);

        if (run.ServerCpu is { } server)
            ServerCpu.Add(server);

        if (run.Bytes is { } bytes)
            Bytes.Add(bytes);
    }

    public double? Percentile(double share) => Values.Count == 0 ? null : Statistics.Percentile(Values, share);
}
