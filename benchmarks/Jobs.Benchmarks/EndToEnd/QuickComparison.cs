using System.Diagnostics;
using System.Globalization;

namespace Jobs.Benchmarks.EndToEnd;

/// <summary>
/// The product and the reference without BenchmarkDotNet: many short, interleaved rounds, so that foreign load falls on both
/// alike, and every allocated byte counted. <c>dotnet run -c Release --project benchmarks/Jobs.Benchmarks -- quick [rounds] [slots]</c>
/// </summary>
internal static class QuickComparison
{
    private const int Count = 100_000;

    public static async Task RunAsync(int rounds, int slots)
    {
        var arrivals = Arrivals.Current;
        await using var kept = await JobsHost.StartAsync(arrivals, jobs => jobs.UseInMemory(options => options.MaxFinished = Count).Worker(worker => worker.Concurrency = slots));
        await using var removed = await JobsHost.StartAsync(arrivals, jobs => jobs.UseInMemory(options => options.MaxFinished = 0).Worker(worker => worker.Concurrency = slots));
        await using var referenceKept = new ChannelReference(arrivals, keepRecords: true);
        referenceKept.Start();
        await using var referenceRemoved = new ChannelReference(arrivals, keepRecords: false);
        referenceRemoved.Start();
        var contenders = new (string Name, Func<Mail, ValueTask> Enqueue, Action Prepare, List<Run> Runs)[]
        {
            ("reference, records kept", referenceKept.EnqueueAsync, referenceKept.Clear, []),
            ("jobs, records kept", async mail => await kept.Client.NoOp.EnqueueAsync(mail), () => { }, []),
            ("reference, records removed", referenceRemoved.EnqueueAsync, () => { }, []),
            ("jobs, records removed", async mail => await removed.Client.NoOp.EnqueueAsync(mail), () => { }, []),
        };
        for (var round = -2; round < rounds; round++)
        {
            foreach (var (_, enqueue, prepare, runs) in contenders)
            {
                prepare();
                GC.Collect();
                var run = await MeasureAsync(arrivals, enqueue);
                if (round >= 0)
                {
                    runs.Add(run);
                }
            }
        }

        foreach (var (name, _, _, runs) in contenders)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {Median(runs, run => run.Microseconds),8:F3} us/job  best {runs.Min(run => run.Microseconds),6:F3}  cpu {Median(runs, run => run.CpuMicroseconds),6:F3}  {Median(runs, run => run.Bytes),8:F1} B/job"));
        }

        foreach (var (reference, ours) in new[] { (0, 1), (2, 3) })
        {
            var ratios = contenders[reference].Runs.Zip(contenders[ours].Runs, (r, o) => r.Microseconds / o.Microseconds).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contenders[ours].Name}: {ratios[ratios.Count / 2]:P0} of the reference's throughput, median of the rounds' ratios ({ratios[0]:P0} to {ratios[^1]:P0})"));
        }
    }

    private static async Task<Run> MeasureAsync(Arrivals arrivals, Func<Mail, ValueTask> enqueue)
    {
        var done = arrivals.Expect(Count);
        var cpu = Environment.CpuUsage.TotalTime;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i++)
        {
            await enqueue(Mail.Sample);
        }

        await done;
        var elapsed = Stopwatch.GetElapsedTime(started);
        return new Run(elapsed.TotalMicroseconds / Count, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Count, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)Count);
    }

    private static double Median(List<Run> runs, Func<Run, double> value)
    {
        var sorted = runs.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private readonly record struct Run(double Microseconds, double CpuMicroseconds, double Bytes);
}
