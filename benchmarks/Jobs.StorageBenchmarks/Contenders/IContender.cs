namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>A system under measurement. Each run starts on storage of its own, empty and never analysed.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>Processor time per job of the last run, in microseconds; null when it is not known.</summary>
    double? LastCpuPerJob { get; }

    /// <summary>Runs a scenario: the jobs per second, or for the latency scenario all latencies in milliseconds.</summary>
    Task<IReadOnlyList<double>> RunAsync(Scenario scenario);
}
