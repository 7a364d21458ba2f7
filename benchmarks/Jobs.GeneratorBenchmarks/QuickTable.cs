using System.Diagnostics;
using System.Runtime;

namespace Jobs.GeneratorBenchmarks;

/// <summary>
/// Medians of a few runs, each after a full collection, so that none pays for the one before, in milliseconds of processor time unless they
/// say otherwise, which other load on the machine changes little: enough to see what grows with the number of jobs. A first run is several
/// times slower until the generator's code has been compiled again, which nine runs are too few for: BenchmarkDotNet knows how to wait.
/// </summary>
internal static class QuickTable
{
    public static async Task PrintAsync()
    {
        Console.WriteLine($"Garbage collection: {(GCSettings.IsServerGC ? "server, as in the compiler" : "workstation")}.");
        Console.WriteLine();
        Console.WriteLine("| jobs | cold | cold, wall time | cold, MB allocated | edit elsewhere | edit of one job |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var count in new[] { 1, 100, 1000 })
        {
            var benchmark = new GeneratorBenchmark { Jobs = count };
            benchmark.SetUp();
            Console.WriteLine($"| {count:N0} | {Median(() => benchmark.Cold()):N1} | {MedianWall(() => benchmark.Cold()):N1} | {Allocated(() => benchmark.Cold()):N1} | {Median(() => benchmark.EditElsewhere()):N1} | {Median(() => benchmark.EditOneJob()):N1} |");
        }

        Console.WriteLine();
        Console.WriteLine("| files | without jobs, idle analyzer | without jobs | with jobs, generator included |");
        Console.WriteLine("|---:|---:|---:|---:|");
        foreach (var count in new[] { 100, 1000 })
        {
            var benchmark = new AnalyzerBenchmark { Files = count };
            benchmark.SetUp();
            Console.WriteLine($"| {count:N0} | {await MedianAsync(benchmark.WithoutJobsByNobody):N1} | {await MedianAsync(benchmark.WithoutJobs):N1} | {await MedianAsync(benchmark.WithJobs):N1} |");
        }
    }

    /// <summary>Each analyzer over 100 jobs, on one thread, with everything bound beforehand as far as a first run does.</summary>
    public static async Task PrintAnalyzersAsync()
    {
        var benchmark = new AnalyzerBenchmark { Files = 100 };
        benchmark.SetUp();
        await benchmark.MeasureEachAsync();
        foreach (var (name, time) in await benchmark.MeasureEachAsync())
        {
            Console.WriteLine($"{name}: {time.TotalMilliseconds:N1} ms");
        }
    }

    private static double Median(Action action)
    {
        action();
        return Middle(Enumerable.Range(0, 9).Select(_ =>
        {
            GC.Collect();
            var start = Environment.CpuUsage.TotalTime;
            action();
            return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        }));
    }

    private static double MedianWall(Action action) => Middle(Enumerable.Range(0, 9).Select(_ =>
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }));

    private static double Allocated(Action action)
    {
        var start = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return (GC.GetTotalAllocatedBytes(precise: true) - start) / 1e6;
    }

    private static async Task<double> MedianAsync<T>(Func<Task<T>> action)
    {
        await action();
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            await action();
            times.Add((Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
        }

        return Middle(times);
    }

    private static double Middle(IEnumerable<double> times)
    {
        var sorted = times.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
