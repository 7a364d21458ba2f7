using System.ComponentModel;
using Jobs.Client;
using Jobs.Execution;
using Jobs.Metadata;
using Jobs.Registry;
using Jobs.Scheduling;
using Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Jobs.Hosting;

/// <summary>What the generated <c>AddJobs</c> calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobsServices
{
    /// <summary>Registers clients, registry, manager and worker. Calls add up: a library's own call and the application's make one set of jobs.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="assemblies">The composed assemblies.</param>
    /// <param name="configure">The application's set-up.</param>
    public static IServiceCollection AddJobs(IServiceCollection services, IReadOnlyList<JobAssembly> assemblies, Action<JobsBuilder>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(assemblies);
        var setup = FindSetup(services) ?? AddCore(services);
        foreach (var assembly in assemblies)
        {
            Compose(services, setup, assembly);
        }

        configure?.Invoke(new DefaultJobsBuilder(services, setup));
        return services;
    }

    private static void Compose(IServiceCollection services, JobsSetup setup, JobAssembly assembly)
    {
        if (setup.Assemblies.Exists(known => known.GetType() == assembly.GetType()))
        {
            return;
        }

        setup.Assemblies.Add(assembly);
        assembly.AddClient(services);
        var registration = new ClientRegistration(services);
        foreach (var job in assembly.CreateJobs())
        {
            job.Accept(registration);
        }
    }

    private static JobsSetup? FindSetup(IServiceCollection services)
    {
        foreach (var service in services)
        {
            if (service.ServiceType == typeof(JobsSetup) && !service.IsKeyedService)
            {
                return (JobsSetup?)service.ImplementationInstance;
            }
        }

        return null;
    }

    private static JobsSetup AddCore(IServiceCollection services)
    {
        var setup = new JobsSetup();
        services.AddSingleton(setup);
        services.AddSingleton(provider => JobsSettingsFactory.Create(setup, provider.GetService<IOptions<HostOptions>>()));
        services.AddSingleton(provider => new JobRegistry(setup, provider.GetRequiredService<JobsSettings>(), provider));
        services.AddSingleton<IJobRegistry>(provider => provider.GetRequiredService<JobRegistry>());
        services.AddSingleton(provider => new JobsTelemetry(provider.GetService<System.Diagnostics.Metrics.IMeterFactory>()));
        services.AddSingleton(provider => new JobsRuntime(
            provider.GetRequiredService<JobRegistry>(),
            provider.GetRequiredService<JobsSettings>(),
            setup,
            provider.GetRequiredService<JobsTelemetry>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            provider));
        services.AddSingleton<IJobManager>(provider => new JobManager(provider.GetRequiredService<JobsRuntime>()));
        services.AddSingleton<IJobClientProvider>(provider => new JobClientProvider(provider));
        services.AddSingleton(provider => new JobWorker(provider.GetRequiredService<JobsRuntime>()));
        services.AddSingleton(provider => new JobSchedules(provider.GetRequiredService<JobsRuntime>()));
        services.AddSingleton<IJobSchedules>(provider => provider.GetRequiredService<JobSchedules>());
        services.AddSingleton(provider => new ScheduleLoop(provider.GetRequiredService<JobsRuntime>()));
        services.AddSingleton(provider => new ScheduleStart(
            provider.GetRequiredService<JobsRuntime>(),
            provider.GetRequiredService<JobSchedules>(),
            provider.GetService<IHostEnvironment>()?.ApplicationName ?? System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name ?? "application"));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobsHostedService>(provider => new JobsHostedService(
            provider.GetRequiredService<JobsRuntime>(),
            provider.GetRequiredService<JobWorker>(),
            provider.GetRequiredService<ScheduleStart>(),
            provider.GetRequiredService<ScheduleLoop>(),
            provider.GetService<IHostApplicationLifetime>())));
        return setup;
    }
}
