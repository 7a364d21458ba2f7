using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs.LongHorizon.Running;

/// <summary>Enqueues, works and samples in one host, until it is told to end: within five seconds of SIGTERM.</summary>
internal static class Runner
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _shutdown = TimeSpan.FromSeconds(4);

    public static async Task<int> RunAsync(RunnerSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = _shutdown);
        builder.Services.AddSingleton(settings).AddSingleton<Progress>().AddSingleton<Depth>().AddSingleton(new Output(settings.Instance));
        builder.Services.AddJobs(jobs => jobs.UsePostgreSql(settings.ConnectionString).Worker(worker =>
        {
            worker.Concurrency = settings.Workers;
            worker.ShutdownGrace = _grace;
            worker.LeaseDuration = settings.Lease;
            worker.HeartbeatInterval = settings.Lease / 3;
        }));
        builder.Services.AddHostedService<Sampler>().AddHostedService<Producer>();
        using var host = builder.Build();
        await host.StartAsync();
        host.Services.GetRequiredService<Output>().Descriptor(new NpgsqlConnectionStringBuilder(settings.ConnectionString).Database!, Version(), ReadTables());
        await host.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Those of the static manifest: the harness refuses a run in which the two differ.</summary>
    private static IReadOnlyList<string> ReadTables()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "adapter.json")));
        return [.. manifest.RootElement.GetProperty("event_tables").EnumerateArray().Select(static table => table.GetString()!)];
    }

    private static string Version() => typeof(JobAttribute).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
