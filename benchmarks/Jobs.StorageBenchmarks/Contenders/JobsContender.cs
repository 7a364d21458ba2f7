using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>The product, through its public API: typed client, host, full records, fencing and history.</summary>
internal sealed class JobsContender(string name, Func<Task<Action<JobsBuilder>>> useStorage, CpuMeter meter, int concurrency = 1000) : LocalContender(meter)
{
    private readonly Mail[] _batch = Enumerable.Repeat(Mail.Sample, 1000).ToArray();
    private IHost? _client;
    private IHost? _worker;
    private JobClient? _jobs;
    private Action<JobsBuilder>? _storage;

    public override string Name => name;

    protected override async Task PrepareAsync()
    {
        _storage = await useStorage();
        _client = Build(static jobs => jobs.ClientOnly());
        await _client.StartAsync();
        _jobs = _client.Services.GetRequiredService<JobClient>();
    }

    protected override async Task EnqueueAsync() => await _jobs!.NoOp.EnqueueAsync(Mail.Sample);

    protected override async Task EnqueueManyAsync(int count) => await _jobs!.NoOp.EnqueueManyAsync(count == _batch.Length ? _batch : _batch.Take(count));

    protected override async Task WorkAsync()
    {
        _worker = Build(jobs => jobs.Worker(worker => worker.Concurrency = concurrency));
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
