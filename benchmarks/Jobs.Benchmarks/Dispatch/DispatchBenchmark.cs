using BenchmarkDotNet.Attributes;
using Jobs.Metadata;
using Jobs.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Benchmarks.Dispatch;

/// <summary>From a job's name to the running handler, with scope and services given, against constructing and calling it by hand.</summary>
[InProcess]
[MemoryDiagnoser]
public class DispatchBenchmark
{
    private ServiceProvider _services = null!;
    private GivenContext _context = null!;
    private JobRegistry _registry = null!;
    private RegisteredJob<Mail, JobVoid> _job = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _services = new ServiceCollection().AddSingleton<Arrivals>().AddJobs(jobs => jobs.UseInMemory().ClientOnly()).BuildServiceProvider();
        _registry = _services.GetRequiredService<JobRegistry>();
        _job = (RegisteredJob<Mail, JobVoid>)_registry.Find("no-op-with-service");
        _context = new GivenContext(_services);
    }

    [GlobalCleanup]
    public void CleanUp() => _services.Dispose();

    [Benchmark(Baseline = true)]
    public ValueTask Direct_call() => new NoOpWithService(_context.Services.GetRequiredService<Arrivals>()).HandleAsync(Mail.Sample, _context, CancellationToken.None);

    [Benchmark]
    public ValueTask<JobVoid> Generated_dispatch() => _job.Invoke!(Mail.Sample, _context, CancellationToken.None);

    [Benchmark]
    public ValueTask<JobVoid> Generated_dispatch_by_name() => ((RegisteredJob<Mail, JobVoid>)_registry.Find("no-op-with-service")).Invoke!(Mail.Sample, _context, CancellationToken.None);
}
