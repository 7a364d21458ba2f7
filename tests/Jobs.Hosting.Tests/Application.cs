using Microsoft.Extensions.Hosting;

namespace Jobs.Hosting.Tests;

/// <summary>An application with this assembly's jobs, started.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly IHost _host;

    private Application(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public JobClient Jobs => Services.GetRequiredService<JobClient>();

    public IJobManager Manager => Services.GetRequiredService<IJobManager>();

    public static async Task<Application> StartAsync(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<Journal>().AddSingleton<Gate>();
        configure(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new Application(host);
    }

    public static Task<Application> StartAsync(Action<JobsBuilder>? configure = null) =>
        StartAsync(services => services.AddJobs(jobs => configure?.Invoke(jobs.UseInMemory())));

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
