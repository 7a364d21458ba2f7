using System.Diagnostics;
using Jobs.Benchmarks;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>The scenarios, for systems in this process: the same loops for the product and for the bare references.</summary>
internal abstract class LocalContender(CpuMeter meter) : IContender
{
    private const int Batch = 1000;
    private const int FewestLatencies = 3;
    private const int WarmUp = 200;
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(20);

    public abstract string Name { get; }

    public abstract string Configuration { get; }

    public abstract Pace Pace { get; }

    protected static Arrivals Arrivals => Arrivals.Current;

    public virtual bool Plays(Scenario scenario) => scenario.Key is not ("delayed" or "e2e-single");

    public async Task<Run> RunAsync(Scenario scenario, int count, double seconds, CancellationToken cancellationToken)
    {
        await PrepareAsync();
        try
        {
            return await (scenario.IsLatency ? LatencyAsync(count, TimeSpan.FromSeconds(seconds), cancellationToken) : RateAsync(scenario, count, cancellationToken));
        }
        finally
        {
            await CleanUpAsync();
        }
    }

    /// <summary>Sets up empty storage, without a running worker.</summary>
    protected abstract Task PrepareAsync();

    protected abstract ValueTask EnqueueAsync();

    protected abstract Task EnqueueManyAsync(int count);

    /// <summary>Enqueues so many that are all due at one time.</summary>
    protected virtual Task EnqueueDelayedAsync(int count, DateTimeOffset runAt) => throw new NotSupportedException($"{Name} is not measured with delayed jobs.");

    /// <summary>Starts working.</summary>
    protected abstract Task WorkAsync();

    protected abstract Task CleanUpAsync();

    /// <summary>What is measured has run before, so that it is compiled and its connections are open.</summary>
    private async Task<Run> RateAsync(Scenario scenario, int count, CancellationToken cancellationToken)
    {
        var warm = Math.Min(WarmUp, count);
        switch (scenario.Key)
        {
            case "bulk":
                await EnqueueManyAsync(warm);
                return await MeasureAsync(count, () => BulkAsync(count, cancellationToken));
            case "single":
                await SingleAsync(warm, scenario.Callers, cancellationToken);
                return await MeasureAsync(count, () => SingleAsync(count, scenario.Callers, cancellationToken));
            case "drain":
                await BulkAsync(count, cancellationToken);
                return await MeasureAsync(count, () => WorkOffAsync(count, WorkAsync, cancellationToken), isFromFirst: true);
            case "delayed":
                return await DelayedAsync(count, cancellationToken);
            case "e2e-single":
                await WorkAsync();
                await WorkOffAsync(warm, () => SingleAsync(warm, 1, cancellationToken), cancellationToken);
                return await MeasureAsync(count, () => WorkOffAsync(count, () => SingleAsync(count, 1, cancellationToken), cancellationToken));
            default:
                await WorkAsync();
                await WorkOffAsync(warm, () => EnqueueManyAsync(warm), cancellationToken);
                return await MeasureAsync(count, () => WorkOffAsync(count, () => BulkAsync(count, cancellationToken), cancellationToken));
        }
    }

    private static async Task<long> WorkOffAsync(int count, Func<Task> begin, CancellationToken cancellationToken)
    {
        var done = Arrivals.Expect(count);
        await begin();
        return await done.WaitAsync(cancellationToken);
    }

    /// <summary>From the moment at which all are due, with a worker that has been idle until then.</summary>
    private async Task<Run> DelayedAsync(int count, CancellationToken cancellationToken)
    {
        await WorkAsync();
        var due = TimeSpan.FromSeconds(2 + (count / 25_000.0));
        var start = Stopwatch.GetTimestamp() + (long)(due.TotalSeconds * Stopwatch.Frequency);
        var runAt = TimeProvider.System.GetUtcNow() + due;
        var done = Arrivals.Expect(count);
        for (var left = count; left > 0; left -= Batch)
            await EnqueueDelayedAsync(Math.Min(Batch, left), runAt);

        if (Stopwatch.GetTimestamp() > start)
            throw new InvalidOperationException("The jobs were due before all of them were enqueued: the machine is too busy for this measurement.");

        return new Run([count / Stopwatch.GetElapsedTime(start, await done.WaitAsync(cancellationToken)).TotalSeconds]);
    }

    private async Task<Run> LatencyAsync(int count, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await WorkAsync();
        var latencies = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); latencies.Count < count && (Stopwatch.GetElapsedTime(start) < atMost || latencies.Count < FewestLatencies);)
        {
            await Task.Delay(_between, cancellationToken);
            var started = Arrivals.Expect(1);
            await EnqueueAsync();
            var stored = Stopwatch.GetTimestamp();
            latencies.Add(Math.Max(0, (await started.WaitAsync(cancellationToken) - stored) * 1000.0 / Stopwatch.Frequency));
        }

        return new Run(latencies);
    }

    private async Task BulkAsync(int count, CancellationToken cancellationToken)
    {
        for (var left = count; left > 0; left -= Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await EnqueueManyAsync(Math.Min(Batch, left));
        }
    }

    private async Task SingleAsync(int count, int callers, CancellationToken cancellationToken)
    {
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await EnqueueAsync();
                }
            },
            cancellationToken)));
    }

    /// <param name="count">How many jobs.</param>
    /// <param name="action">What is measured.</param>
    /// <param name="isFromFirst">Whether the rate counts from the first job's start: a worker's own start is no part of it.</param>
    private async Task<Run> MeasureAsync(int count, Func<Task> action, bool isFromFirst = false)
    {
        GC.Collect();
        var (cpu, server) = (meter.Read(), meter.ReadServer());
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await action();
        var seconds = Stopwatch.GetElapsedTime(isFromFirst ? Arrivals.First : start).TotalSeconds;
        return new Run([count / seconds], (meter.Read() - cpu) / count, (meter.ReadServer() - server) / count, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)count);
    }
}
