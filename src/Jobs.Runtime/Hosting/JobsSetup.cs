using Jobs.Metadata;
using Microsoft.Extensions.Configuration;

namespace Jobs.Hosting;

/// <summary>What the calls of <c>AddJobs</c> have collected so far.</summary>
internal sealed class JobsSetup
{
    public List<JobAssembly> Assemblies { get; } = [];

    public List<Action<JobLogOptions>> LogCallbacks { get; } = [];

    public List<Func<FailedAttempt, RetryDecision>> FailureCallbacks { get; } = [];

    public List<Action<JobEventOptions>> EventCallbacks { get; } = [];

    public List<IConfigurationSection> Sections { get; } = [];

    public List<Action<WorkerOptions>> WorkerCallbacks { get; } = [];

    public List<(string Queue, Action<QueueOptions> Configure)> QueueCallbacks { get; } = [];

    public List<(string Name, Action<JobOptions> Configure)> JobCallbacks { get; } = [];

    public List<Action<JobLimits>> LimitCallbacks { get; } = [];

    public List<Action<SchedulingOptions>> SchedulingCallbacks { get; } = [];

    public List<Type> Middleware { get; } = [];

    public List<Delivery> Deliveries { get; } = [];

    public bool IsClientOnly { get; set; }

    /// <summary>Whether this process keeps no jobs at all.</summary>
    public bool HasNoStorage { get; set; }

    public Func<IServiceProvider, Storage.IJobStorage>? StorageFactory { get; set; }

    /// <summary>Makes the way to the process that has the jobs; null when it is this one.</summary>
    public Func<IServiceProvider, RemoteJobs>? RemoteFactory { get; set; }

    public bool IsRemote => RemoteFactory is not null;
}
