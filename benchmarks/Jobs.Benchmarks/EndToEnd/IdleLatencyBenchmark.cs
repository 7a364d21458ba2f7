using BenchmarkDotNet.Attributes;

namespace Jobs.Benchmarks.EndToEnd;

/// <summary>From enqueue to the handler's start when nothing else is going on; each operation waits for the one before.</summary>
[InProcess]
public class IdleLatencyBenchmark
{
    private readonly Arrivals _arrivals = Arrivals.Current;
    private JobsHost _jobs = null!;
    private ChannelReference _reference = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _jobs = await JobsHost.StartAsync(_arrivals, jobs => jobs.UseInMemory());
        _reference = new ChannelReference(_arrivals, keepRecords: false);
        _reference.Start();
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _jobs.DisposeAsync();
        await _reference.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public async Task Reference()
    {
        var started = _arrivals.Expect(1);
        await _reference.EnqueueAsync(Mail.Sample);
        await started;
    }

    [Benchmark]
    public async Task Jobs()
    {
        var started = _arrivals.Expect(1);
        await _jobs.Client.NoOp.EnqueueAsync(Mail.Sample);
        await started;
    }
}
