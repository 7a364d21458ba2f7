using System.ComponentModel;
using Jobs.Client;
using Jobs.Client.Remote;
using Jobs.Events;
using Jobs.Execution;
using Jobs.Health;
using Jobs.Maintenance;
using Jobs.Metadata;
using Jobs.Pushing;
using Jobs.Registry;
using Jobs.Scheduling;
using Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
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
    public static IServiceCollection AddJobs(IServiceCollection services, IReadOnlyList<JobAssembly> assemblies, Action<JobsBuilder>? configure) =>
        Add(services, null, assemblies, configure);

    /// <summary>Registers all of it once more, for a store with a name, which is the key of its services.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="store">The store's name: 1 to 100 letters, digits, '-', '_' and '.'.</param>
    /// <param name="assemblies">The composed assemblies.</param>
    /// <param name="configure">The application's set-up.</param>
    /// <exception cref="ArgumentException">The name is not one of a store.</exception>
    public static IServiceCollection AddJobs(IServiceCollection services, string store, IReadOnlyList<JobAssembly> assemblies, Action<JobsBuilder>? configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        return store.Length <= 100 && store.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? Add(services, store, assemblies, configure)
            : throw new ArgumentException($"'{store}' is not a store's name: use 1 to 100 letters, digits, '-', '_' and '.'.", nameof(store));
    }

    private static IServiceCollection Add(IServiceCollection services, string? store, IReadOnlyList<JobAssembly> assemblies, Action<JobsBuilder>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(assemblies);
        var own = new StoreServices(services, store);
        var setup = FindSetup(services, store) ?? AddCore(services, own);
        foreach (var assembly in assemblies)
        {
            Compose(services, own, setup, assembly);
        }

        configure?.Invoke(new DefaultJobsBuilder(services, setup, assembly => Compose(services, own, setup, assembly)));
        return services;
    }

    private static void Compose(IServiceCollection services, StoreServices own, JobsSetup setup, JobAssembly assembly)
    {
        if (setup.Assemblies.Exists(known => known.GetType() == assembly.GetType()))
        {
            return;
        }

        setup.Assemblies.Add(assembly);
        assembly.AddClient(services, own.Store);
        var registration = new ClientRegistration(services, own);
        foreach (var job in assembly.CreateJobs())
        {
            job.Accept(registration);
        }
    }

    private static JobsSetup? FindSetup(IServiceCollection services, string? store)
    {
        foreach (var service in services)
        {
            if (service.ServiceType == typeof(JobsSetup) && Equals(service.ServiceKey, store))
            {
                return (JobsSetup?)(service.IsKeyedService ? service.KeyedImplementationInstance : service.ImplementationInstance);
            }
        }

        return null;
    }

    private static JobsSetup AddCore(IServiceCollection services, StoreServices own)
    {
        var setup = new JobsSetup();
        services.Add(own.Store is null ? ServiceDescriptor.Singleton(setup) : ServiceDescriptor.KeyedSingleton(own.Store, setup));
        own.Add(provider => JobsSettingsFactory.Create(setup, provider.GetService<IOptions<HostOptions>>()));
        own.Add(provider => new JobRegistry(setup, own.Get<JobsSettings>(provider), provider));
        own.Add<IJobRegistry>(provider => own.Get<JobRegistry>(provider));
        own.Add(provider => new JobsTelemetry(provider.GetService<System.Diagnostics.Metrics.IMeterFactory>(), own.Store));
        own.Add(provider => new JobsRuntime(
            own.Get<JobRegistry>(provider),
            own.Get<JobsSettings>(provider),
            setup,
            own.Get<JobsTelemetry>(provider),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            provider));
        own.Add(provider => setup.RemoteFactory!(provider));
        own.Add<IJobManager>(provider => setup.IsRemote ? own.Get<RemoteJobs>(provider).Manager : new JobManager(own.Get<JobsRuntime>(provider)));
        own.Add<IJobRunner>(provider => setup.IsRemote ? new RemoteRunner() : new JobRunner(own.Get<JobsRuntime>(provider)));
        own.Add<IJobClientProvider>(provider => new JobClientProvider(provider, own));
        own.Add(provider => new JobWorkers(own.Get<JobsRuntime>(provider)));
        own.Add<IAttemptRunner>(provider => setup.IsRemote ? throw RemoteRunner.NothingRuns() : new LocalRunner(own.Get<JobsRuntime>(provider), provider.GetService<IHostApplicationLifetime>()));
        own.Add<IJobEvents>(provider => setup.IsRemote ? own.Get<RemoteJobs>(provider).Events : new JobEvents(own.Get<JobsRuntime>(provider)));
        own.Add<IJobHealth>(provider => setup.IsRemote ? own.Get<RemoteJobs>(provider).Health : new JobHealthProbe(own.Get<JobsRuntime>(provider), own.Get<JobWorkers>(provider)));
        own.Add(provider => new JobSchedules(own.Get<JobsRuntime>(provider)));
        own.Add<IJobSchedules>(provider => setup.IsRemote ? own.Get<RemoteJobs>(provider).Schedules : own.Get<JobSchedules>(provider));
        own.Add(provider => new QueueCheck(own.Get<JobsRuntime>(provider)));
        own.Add(provider => new ScheduleLoop(own.Get<JobsRuntime>(provider)));
        own.Add(provider => new ScheduleStart(
            own.Get<JobsRuntime>(provider),
            own.Get<JobSchedules>(provider),
            provider.GetService<IHostEnvironment>()?.ApplicationName ?? System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name ?? "application"));
        services.AddSingleton<IHostedService>(provider => setup.IsRemote ? new RemoteStart(setup, () => own.Get<JobRegistry>(provider)) : new JobsHostedService(
            own.Get<JobsRuntime>(provider),
            own.Get<JobWorkers>(provider),
            own.Get<ScheduleStart>(provider),
            own.Get<ScheduleLoop>(provider),
            own.Get<QueueCheck>(provider),
            provider.GetService<IHostApplicationLifetime>()));
        return setup;
    }
}
