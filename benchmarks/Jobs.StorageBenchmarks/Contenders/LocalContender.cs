using System.Diagnostics;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>The scenarios, for systems in this process: the same loops for the product and for the bare references.</summary>
internal abstract class LocalContender(CpuMeter meter) : IContender
{
    private const int Batch = 1000;

    public abstract string Name { get; }

    public double? LastCpuPerJob { get; private set; }

    protected Arrivals Arrivals { get; } = new();

    public async Task<IReadOnlyList<double>> RunAsync(Scenario scenario)
    {
        await PrepareAsync();
        try
        {
            return scenario.IsLatency ? await LatencyAsync(scenario.Count) : [await RateAsync(scenario)];
        }
        finally
        {
            await CleanUpAsync();
        }
    }

    /// <summary>Sets up empty storage, without a running worker.</summary>
    protected abstract Task PrepareAsync();

    protected abstract Task EnqueueAsync();

    protected abstract Task EnqueueManyAsync(int count);

    /// <summary>Starts working.</summary>
    protected abstract Task WorkAsync();

    protected abstract Task CleanUpAsync();

    private async Task<double> RateAsync(Scenario scenario)
    {
        var (seconds, cpu) = await MeasureAsync(scenario);
        LastCpuPerJob = cpu / scenario.Count;
        return scenario.Count / seconds;
    }

    private async Task<(double Seconds, double Cpu)> MeasureAsync(Scenario scenario)
    {
        switch (scenario.Key)
        {
            case "bulk":
                return await TimeAsync(() => BulkAsync(scenario.Count));
            case "single":
                return await TimeAsync(() => SingleAsync(scenario.Count, scenario.Callers));
            case "drain":
                await BulkAsync(scenario.Count);
                return await TimeAsync(async () =>
                {
                    var done = Arrivals.Expect(scenario.Count);
                    await WorkAsync();
                    await done;
                });
            default:
                await WorkAsync();
                return await TimeAsync(async () =>
                {
                    var done = Arrivals.Expect(scenario.Count);
                    await BulkAsync(scenario.Count);
                    await done;
                });
        }
    }

    private async Task<IReadOnlyList<double>> LatencyAsync(int count)
    {
        await WorkAsync();
        var latencies = new List<double>();
        for (var i = 0; i < count; i++)
        {
            await Task.Delay(20);
            var started = Arrivals.Expect(1);
            await EnqueueAsync();
            var stored = Stopwatch.GetTimestamp();
            latencies.Add(Math.Max(0, (await started - stored) * 1000.0 / Stopwatch.Frequency));
        }

        return latencies;
    }

    private async Task BulkAsync(int count)
    {
        for (var left = count; left > 0; left -= Batch)
        {
            await EnqueueManyAsync(Math.Min(Batch, left));
        }
    }

    private async Task SingleAsync(int count, int callers)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await EnqueueAsync();
            }
        })));
    }

    private async Task<(double Seconds, double Cpu)> TimeAsync(Func<Task> action)
    {
        var cpu = meter.Read();
        var start = Stopwatch.GetTimestamp();
        await action();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, meter.Read() - cpu);
    }
}
