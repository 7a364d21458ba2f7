using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Jobs.Benchmarks.EndToEnd;

/// <summary>Whole runs are long: each is one iteration, in this process, with bytes allocated on all threads.</summary>
internal sealed class WholeRuns : ManualConfig
{
    public WholeRuns() => AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithStrategy(RunStrategy.Monitoring)
            .WithWarmupCount(2)
            .WithIterationCount(7))
        .AddDiagnoser(MemoryDiagnoser.Default);
}
