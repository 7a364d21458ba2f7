using Jobs.Hosting;
using Jobs.InMemory;
using Jobs.Metadata;
using Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Jobs.Runtime.Tests;

/// <summary>A host with jobs that are lambdas, an in-memory storage that fails on demand, and a log to look at.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>How long a test waits for what must happen; generous, because the machine may be busy.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private TestHost(IHost host, LogSink logs, FaultyStorage storage)
    {
        _host = host;
        Logs = logs;
        Storage = storage;
    }

    public LogSink Logs { get; }

    public FaultyStorage Storage { get; }

    public IHost Host => _host;

    public IServiceProvider Services => _host.Services;

    public IJobManager Manager => Services.GetRequiredService<IJobManager>();

    public IJobRegistry Registry => Services.GetRequiredService<IJobRegistry>();

    public static async Task<TestHost> StartAsync(TestAssembly jobs, Action<JobsBuilder>? configure = null, Action<IServiceCollection>? services = null, TimeProvider? time = null, FaultyStorage? storage = null)
    {
        var host = Build([jobs], configure, services, time, storage);
        await host.Host.StartAsync();
        return host;
    }

    public static TestHost Build(IReadOnlyList<JobAssembly> jobs, Action<JobsBuilder>? configure = null, Action<IServiceCollection>? services = null, TimeProvider? time = null, FaultyStorage? storage = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var logs = new LogSink();
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(logs);
        storage ??= new FaultyStorage(new InMemoryStorage(time ?? TimeProvider.System, new InMemoryOptions()));
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        JobsServices.AddJobs(builder.Services, jobs, options =>
        {
            options.UseStorage(_ => storage);
            configure?.Invoke(options);
        });
        services?.Invoke(builder.Services);
        return new TestHost(builder.Build(), logs, storage);
    }

    public IJobClient Client(string name) => Services.GetRequiredKeyedService<IJobClient>(name);

    public IJobClient<TInput> Client<TInput>(string name) => Services.GetRequiredKeyedService<IJobClient<TInput>>(name);

    public IJobClient<TInput, TResult> Client<TInput, TResult>(string name) => Services.GetRequiredKeyedService<IJobClient<TInput, TResult>>(name);

    /// <summary>Looks again and again until something is so.</summary>
    public static async Task EventuallyAsync(Func<bool> condition, string what)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Limit, "It never happened: " + what);
            await Task.Delay(5);
        }
    }

    /// <summary>Moves the clock step by step until something is so.</summary>
    public static async Task AdvanceUntilAsync(ManualTimeProvider time, TimeSpan step, Func<bool> condition, string what) =>
        await EventuallyAsync(
            () =>
            {
                if (condition())
                {
                    return true;
                }

                time.Advance(step);
                return condition();
            },
            what);

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
