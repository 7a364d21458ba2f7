using Jobs.Benchmarks;
using Jobs.Benchmarks.EndToEnd;

namespace Jobs.StorageBenchmarks.Contenders.InMemory;

/// <summary>Quartz with its RAM store.</summary>
internal sealed class QuartzContender(CpuMeter meter) : InMemoryContender(meter, Alike, drains: false)
{
    private QuartzHost? _quartz;

    public override string Name => "Quartz";

    public override string Configuration => $"{Versions.Of(typeof(Quartz.IScheduler))}, RAM store, one durable job and a trigger per run, the payload as JSON in its data, 64 threads, batches of 64 triggers";

    protected override async Task PrepareAsync() => _quartz = await QuartzHost.StartAsync(Arrivals);

    protected override ValueTask EnqueueAsync() => _quartz!.EnqueueAsync(Mail.Sample);

    protected override async Task CleanUpAsync() => await _quartz!.DisposeAsync();
}
