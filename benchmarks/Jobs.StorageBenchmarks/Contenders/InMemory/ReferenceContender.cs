using Jobs.Benchmarks;
using Jobs.Benchmarks.EndToEnd;

namespace Jobs.StorageBenchmarks.Contenders.InMemory;

/// <summary>The bare channel with JSON both ways and a record per job.</summary>
internal sealed class ReferenceContender(bool keepsRecords, CpuMeter meter) : InMemoryContender(meter, Alike, drains: true)
{
    private ChannelReference? _reference;
    private bool _works;

    public override string Name => keepsRecords ? "reference, records kept" : "reference, records removed";

    public override string Configuration => $"an unbounded Channel<T> with two consumers, System.Text.Json both ways through generated metadata, a version 7 id, a record per job in a ConcurrentDictionary, {(keepsRecords ? "kept" : "removed at the end")}; no retries, limits or history";

    protected override Task PrepareAsync()
    {
        _reference = new ChannelReference(Arrivals, keepsRecords);
        return Task.CompletedTask;
    }

    protected override ValueTask EnqueueAsync() => _reference!.EnqueueAsync(Mail.Sample);

    protected override Task WorkAsync()
    {
        _reference!.Start();
        _works = true;
        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync()
    {
        // Without consumers nothing waits for the channel's end.
        if (_works)
            await _reference!.DisposeAsync();

        _works = false;
        _reference = null;
    }
}
