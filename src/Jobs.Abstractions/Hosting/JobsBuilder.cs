using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs;

/// <summary>Sets up jobs: where they are stored, how workers run them. Given to the callback of <c>AddJobs</c>.</summary>
public abstract partial class JobsBuilder
{
    /// <summary>The application's services.</summary>
    public abstract IServiceCollection Services { get; }

    /// <summary>Binds options from configuration, without reflection; durations are texts such as <c>"30s"</c>. Unknown keys are errors.</summary>
    /// <param name="section">For example <c>"Jobs": { "Worker": { "Concurrency": 16, "Queues": ["mail"] }, "Queues": { "mail": { "Timeout": "30s" } } }</c>.</param>
    public abstract JobsBuilder Configure(IConfigurationSection section);

    /// <summary>Sets the options of this process's worker.</summary>
    /// <param name="configure">Changes the options; runs in the order of the calls, after the configuration.</param>
    public abstract JobsBuilder Worker(Action<WorkerOptions> configure);

    /// <summary>Sets the defaults of a queue.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="configure">Changes the options.</param>
    public abstract JobsBuilder Queue(string name, Action<QueueOptions> configure);

    /// <summary>Sets options of one job.</summary>
    /// <param name="name">The job's stored name, for example from <c>JobNames</c>.</param>
    /// <param name="configure">Changes the options.</param>
    public abstract JobsBuilder Job(string name, Action<JobOptions> configure);

    /// <summary>Sets limits that hold for the whole application.</summary>
    /// <param name="configure">Changes the options.</param>
    public abstract JobsBuilder Limits(Action<JobLimits> configure);

    /// <summary>Sets how this application deals with schedules.</summary>
    /// <param name="configure">Changes the options.</param>
    public abstract JobsBuilder Schedules(Action<SchedulingOptions> configure);

    /// <summary>Enqueues only: this process runs no worker.</summary>
    public abstract JobsBuilder ClientOnly();

    /// <summary>Adds a middleware around every attempt; the first one added is the outermost. Resolved from the attempt's scope.</summary>
    /// <typeparam name="TMiddleware">The middleware; registered as scoped unless it already is.</typeparam>
    public abstract JobsBuilder Use<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TMiddleware>()
        where TMiddleware : class, IJobMiddleware;

    /// <summary>Sets the storage. For storage packages; applications call their <c>UseSqlite</c>, <c>UsePostgreSql</c> and so on.</summary>
    /// <param name="factory">Makes the storage, once.</param>
    public abstract JobsBuilder UseStorage(Func<IServiceProvider, Storage.IJobStorage> factory);
}
