using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jobs.Benchmarks.EndToEnd;

/// <summary>The product in a host, as an application would set it up.</summary>
public sealed class JobsHost : IAsyncDisposable
{
    private readonly IHost _host;

    private JobsHost(IHost host)
    {
        _host = host;
        Client = host.Services.GetRequiredService<JobClient>();
    }

    public JobClient Client { get; }

    public static async Task<JobsHost> StartAsync(Arrivals arrivals, Action<JobsBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(arrivals);
        builder.Services.AddJobs(configure);
        var host = builder.Build();
        await host.StartAsync();
        return new JobsHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
