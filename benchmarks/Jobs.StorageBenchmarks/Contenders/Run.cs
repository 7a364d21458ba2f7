namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>One measurement.</summary>
/// <param name="Values">The jobs per second, or all latencies in milliseconds.</param>
/// <param name="Cpu">Microseconds of processor time per job, those of a server included; null when it was not measured.</param>
/// <param name="ServerCpu">The server's share of it.</param>
/// <param name="Bytes">Bytes allocated per job in this process; null when it was not measured.</param>
internal sealed record Run(IReadOnlyList<double> Values, double? Cpu = null, double? ServerCpu = null, double? Bytes = null);
