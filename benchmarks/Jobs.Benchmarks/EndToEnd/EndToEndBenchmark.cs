using BenchmarkDotNet.Attributes;

namespace Jobs.Benchmarks.EndToEnd;

/// <summary>Enqueue and execute no-op jobs in memory: the product, the bare reference, and the rivals, in one run.</summary>
[Config(typeof(WholeRuns))]
public class EndToEndBenchmark
{
    private const int Count = 100_000;
    private const int RivalCount = 20_000;
    private readonly Arrivals _arrivals = Arrivals.Current;
    private JobsHost _kept = null!;
    private JobsHost _removed = null!;
    private ChannelReference _referenceKept = null!;
    private ChannelReference _referenceRemoved = null!;
    private QuartzHost _quartz = null!;
    private MassTransitHost _massTransit = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _kept = await JobsHost.StartAsync(_arrivals, jobs => jobs.UseInMemory(options => options.MaxFinished = Count).Worker(worker => worker.Concurrency = 32));
        _removed = await JobsHost.StartAsync(_arrivals, jobs => jobs.UseInMemory(options => options.MaxFinished = 0).Worker(worker => worker.Concurrency = 32));
        _referenceKept = new ChannelReference(_arrivals, keepRecords: true);
        _referenceKept.Start();
        _referenceRemoved = new ChannelReference(_arrivals, keepRecords: false);
        _referenceRemoved.Start();
        _quartz = await QuartzHost.StartAsync(_arrivals);
        _massTransit = await MassTransitHost.StartAsync(_arrivals);
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _kept.DisposeAsync();
        await _removed.DisposeAsync();
        await _referenceKept.DisposeAsync();
        await _referenceRemoved.DisposeAsync();
        await _quartz.DisposeAsync();
        await _massTransit.DisposeAsync();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public Task Reference_records_kept()
    {
        // The product keeps the last so many records; the reference starts each run without any, which favours it.
        _referenceKept.Clear();
        return RunAsync(Count, _referenceKept.EnqueueAsync);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Task Jobs_records_kept() => RunAsync(Count, async mail => await _kept.Client.NoOp.EnqueueAsync(mail));

    [Benchmark(OperationsPerInvoke = Count)]
    public Task Jobs_records_kept_service_from_scope() => RunAsync(Count, async mail => await _kept.Client.NoOpWithService.EnqueueAsync(mail));

    [Benchmark(OperationsPerInvoke = Count)]
    public Task Reference_records_removed() => RunAsync(Count, _referenceRemoved.EnqueueAsync);

    [Benchmark(OperationsPerInvoke = Count)]
    public Task Jobs_records_removed() => RunAsync(Count, async mail => await _removed.Client.NoOp.EnqueueAsync(mail));

    [Benchmark(OperationsPerInvoke = RivalCount)]
    public Task Quartz_in_memory() => RunAsync(RivalCount, _quartz.EnqueueAsync);

    [Benchmark(OperationsPerInvoke = RivalCount)]
    public Task MassTransit_in_memory() => RunAsync(RivalCount, _massTransit.EnqueueAsync);

    private async Task RunAsync(int count, Func<Mail, ValueTask> enqueue)
    {
        var done = _arrivals.Expect(count);
        for (var i = 0; i < count; i++)
        {
            await enqueue(Mail.Sample);
        }

        await done;
    }
}
