using System.Diagnostics;
using System.Globalization;
using Jobs.Benchmarks.Dispatch;
using Jobs.StorageBenchmarks.Results;

namespace Jobs.StorageBenchmarks;

/// <summary>
/// The generated dispatch against a direct call, by the same code that BenchmarkDotNet measures, in short interleaved rounds so that
/// foreign load falls on both alike.
/// </summary>
internal static class DispatchMeasurement
{
    private const int Calls = 500_000;

    public static IReadOnlyDictionary<string, double> Run(int rounds)
    {
#pragma warning disable CA2012 // Both have ended when they return; awaiting them would be measured too.
        var benchmark = new DispatchBenchmark();
        benchmark.SetUp();
        var (direct, generated) = (new List<double>(), new List<double>());
        var (directBytes, generatedBytes) = (0.0, 0.0);
        for (var round = -5; round < rounds; round++)
        {
            var (directTime, bytesOfDirect) = Measure(() =>
            {
                for (var i = 0; i < Calls; i++)
                    _ = benchmark.Direct_call();
            });
            var (generatedTime, bytesOfGenerated) = Measure(() =>
            {
                for (var i = 0; i < Calls; i++)
                    _ = benchmark.Generated_dispatch();
            });
#pragma warning restore CA2012
            if (round < 0)
                continue;

            direct.Add(directTime);
            generated.Add(generatedTime);
            (directBytes, generatedBytes) = (bytesOfDirect, bytesOfGenerated);
        }

        benchmark.CleanUp();
        var over = direct.Zip(generated, static (one, other) => other - one).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"direct call {Statistics.Median(direct):0.0} ns, generated dispatch {Statistics.Median(generated):0.0} ns: {Statistics.Median(over):0.0} ns more ({over.Min():0.0} to {over.Max():0.0}), {generatedBytes - directBytes:0} bytes more"));
        return new Dictionary<string, double>
        {
            ["dispatch.direct-ns"] = Statistics.Median(direct),
            ["dispatch.generated-ns"] = Statistics.Median(generated),
            ["dispatch.over-ns"] = Statistics.Median(over),
            ["dispatch.over-bytes"] = generatedBytes - directBytes,
        };
    }

    private static (double Nanoseconds, double Bytes) Measure(Action action)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        action();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return (elapsed.TotalNanoseconds / Calls, Math.Round((GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)Calls));
    }
}
