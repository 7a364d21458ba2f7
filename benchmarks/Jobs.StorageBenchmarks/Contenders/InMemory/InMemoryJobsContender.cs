using Jobs.Benchmarks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jobs.StorageBenchmarks.Contenders.InMemory;

/// <summary>The product in memory: one host, whose jobs live and die with it.</summary>
internal sealed class InMemoryJobsContender(bool keepsRecords, CpuMeter meter) : InMemoryContender(meter, Alike, drains: true)
{
    private const int Kept = 1_000_000;
    private readonly Mail[] _batch = Enumerable.Repeat(Mail.Sample, 1000).ToArray();
    private IHost? _host;
    private JobClient? _jobs;

    public override string Name => keepsRecords ? "Jobs in memory, records kept" : "Jobs in memory, records removed";

    public override string Configuration => $"this product, 256 slots, {(keepsRecords ? "all finished jobs kept" : "finished jobs removed at once")}";

    public override bool Plays(Scenario scenario) => (scenario.Key == "delayed" && keepsRecords) || base.Plays(scenario);

    protected override Task PrepareAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Arrivals);
        builder.Services.AddJobs(jobs => jobs.UseInMemory(options => options.MaxFinished = keepsRecords ? Kept : 0).Worker(static worker => worker.Concurrency = 256));
        _host = builder.Build();
        _jobs = _host.Services.GetRequiredService<JobClient>();
        return Task.CompletedTask;
    }

    protected override async ValueTask EnqueueAsync() => await _jobs!.NoOp.EnqueueAsync(Mail.Sample);

    protected override async Task EnqueueManyAsync(int count) => await _jobs!.NoOp.EnqueueManyAsync(count == _batch.Length ? _batch : _batch.Take(count));

    protected override async Task EnqueueDelayedAsync(int count, DateTimeOffset runAt) => await _jobs!.NoOp.EnqueueManyAsync(_batch.Take(count), new() { RunAt = runAt });

    protected override Task WorkAsync() => _host!.StartAsync();

    protected override async Task CleanUpAsync()
    {
        await _host!.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
