using System.Globalization;
using Jobs.Benchmarks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>The product, through its public API: typed client, host, full records, fencing and history.</summary>
internal sealed class JobsContender(string name, string server, Pace pace, Func<Task<Action<JobsBuilder>>> useStorage, CpuMeter meter) : LocalContender(meter)
{
    private const int Slots = 1000;
    private readonly Mail[] _batch = Enumerable.Repeat(Mail.Sample, 1000).ToArray();
    private IHost? _client;
    private IHost? _worker;
    private JobClient? _jobs;
    private Action<JobsBuilder>? _storage;

    public override string Name => name;

    public override string Configuration => string.Create(CultureInfo.InvariantCulture, $"this product, {server}, {Slots} slots, everything else as it comes");

    public override Pace Pace => pace;

    public override bool Plays(Scenario scenario) => scenario.Key == "delayed" || base.Plays(scenario);

    protected override async Task PrepareAsync()
    {
        _storage = await useStorage();
        _client = Build(static jobs => jobs.ClientOnly());
        await _client.StartAsync();
        _jobs = _client.Services.GetRequiredService<JobClient>();
    }

    protected override async ValueTask EnqueueAsync() => await _jobs!.NoOp.EnqueueAsync(Mail.Sample);

    protected override async Task EnqueueManyAsync(int count) => await _jobs!.NoOp.EnqueueManyAsync(count == _batch.Length ? _batch : _batch.Take(count));

    protected override async Task EnqueueDelayedAsync(int count, DateTimeOffset runAt) => await _jobs!.NoOp.EnqueueManyAsync(_batch.Take(count), new() { RunAt = runAt });

    protected override async Task WorkAsync()
    {
        _worker = Build(static jobs => jobs.Worker(static worker => worker.Concurrency = Slots));
        await _worker.StartAsync();

        // As an application does, the process that works also enqueues: one storage, so that its wake-up is in process.
        await _client!.StopAsync();
        await ((IAsyncDisposable)_client).DisposeAsync();
        _client = null;
        _jobs = _worker.Services.GetRequiredService<JobClient>();
    }

    protected override async Task CleanUpAsync()
    {
        foreach (var host in new[] { _worker, _client })
        {
            if (host is not null)
            {
                await host.StopAsync();
                await ((IAsyncDisposable)host).DisposeAsync();
            }
        }

        (_worker, _client) = (null, null);
    }

    private IHost Build(Action<JobsBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Arrivals);
        builder.Services.AddJobs(jobs =>
        {
            _storage!(jobs);
            configure(jobs);
        });
        return builder.Build();
    }
}
