using System.Diagnostics.CodeAnalysis;
using Jobs.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jobs.Hosting;

internal sealed class DefaultJobsBuilder(IServiceCollection services, JobsSetup setup, Action<Metadata.JobAssembly> compose) : JobsBuilder
{
    public override IServiceCollection Services => services;

    public override JobsBuilder Configure(IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        setup.Sections.Add(section);
        return this;
    }

    public override JobsBuilder Worker(Action<WorkerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        setup.WorkerCallbacks.Add(configure);
        return this;
    }

    public override JobsBuilder Queue(string name, Action<QueueOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        setup.QueueCallbacks.Add((name, configure));
        return this;
    }

    public override JobsBuilder Job(string name, Action<JobOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        setup.JobCallbacks.Add((name, configure));
        return this;
    }

    public override JobsBuilder Limits(Action<JobLimits> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        setup.LimitCallbacks.Add(configure);
        return this;
    }

    public override JobsBuilder JobLogs(Action<JobLogOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        setup.LogCallbacks.Add(configure);
        return this;
    }

    public override JobsBuilder Schedules(Action<SchedulingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        setup.SchedulingCallbacks.Add(configure);
        return this;
    }

    public override JobsBuilder OnFailure(Func<FailedAttempt, RetryDecision> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        setup.FailureCallbacks.Add(decide);
        return this;
    }

    public override JobsBuilder Events(Action<JobEventOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        setup.EventCallbacks.Add(configure);
        return this;
    }

    public override JobsBuilder Compose(Metadata.JobAssembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        compose(assembly);
        return this;
    }

    public override JobsBuilder WithoutStorage()
    {
        setup.HasNoStorage = true;
        return ClientOnly();
    }

    public override JobsBuilder Deliver(string queue, int concurrency, Func<IServiceProvider, Pushing.IAttemptRunner> runner)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        ArgumentNullException.ThrowIfNull(runner);
        setup.Deliveries.Add(new Delivery(queue, concurrency, runner));
        return this;
    }

    public override JobsBuilder ClientOnly()
    {
        setup.IsClientOnly = true;
        return this;
    }

    public override JobsBuilder Use<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TMiddleware>()
    {
        services.TryAddScoped<TMiddleware>();
        setup.Middleware.Add(typeof(TMiddleware));
        return this;
    }

    public override JobsBuilder UseStorage(Func<IServiceProvider, IJobStorage> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        setup.StorageFactory = setup.StorageFactory is null
            ? factory
            : throw new JobException(JobErrorCodes.Configuration, "A storage is already set: call only one of UseInMemory, UseSqlite and UsePostgreSql.");
        return this;
    }

    public override JobsBuilder UseRemote(Func<IServiceProvider, RemoteJobs> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        setup.RemoteFactory = setup.RemoteFactory is null
            ? factory
            : throw new JobException(JobErrorCodes.Configuration, "The process that has the jobs is already set: call UseHttp once, or give each service a store of its own, AddJobs(\"billing\", …).");
        return this;
    }
}
