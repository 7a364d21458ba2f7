using Jobs.Benchmarks;
using Jobs.Benchmarks.EndToEnd;

namespace Jobs.StorageBenchmarks.Contenders.InMemory;

/// <summary>MassTransit with its in-memory transport.</summary>
internal sealed class MassTransitContender(CpuMeter meter) : InMemoryContender(meter, new Pace(30_000, (30_000, 30_000, 30_000), 30_000, 30_000), drains: false)
{
    private MassTransitHost? _bus;

    public override string Name => "MassTransit";

    public override string Configuration => $"{Versions.Of(typeof(MassTransit.IBus))}, in-memory transport, one consumer, 256 messages prefetched";

    protected override async Task PrepareAsync() => _bus = await MassTransitHost.StartAsync(Arrivals);

    protected override ValueTask EnqueueAsync() => _bus!.EnqueueAsync(Mail.Sample);

    protected override async Task CleanUpAsync() => await _bus!.DisposeAsync();
}
