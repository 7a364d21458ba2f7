using Jobs.Pushing;
using Jobs.Registry;

namespace Jobs.Hosting;

/// <summary>What one worker of the process takes, and where it has it run.</summary>
internal sealed class WorkerPlan
{
    private WorkerPlan(WorkerOptions options) => Options = options;

    public WorkerOptions Options { get; }

    /// <summary>Whether it runs what is due and goes.</summary>
    public bool IsOneShot { get; private init; }

    /// <summary>Runs the attempts elsewhere; null for the handlers of this process.</summary>
    public IAttemptRunner? Runner { get; private init; }

    /// <summary>Queues that another worker of this process has.</summary>
    public IReadOnlyList<string> LeftQueues { get; private init; } = [];

    /// <summary>The process's own worker, or one beside it that runs what is due and goes.</summary>
    public static WorkerPlan Own(JobsSettings settings, bool oneShot = false) =>
        new(settings.Worker) { IsOneShot = oneShot, LeftQueues = [.. settings.Deliveries.Select(static delivery => delivery.Queue)] };

    /// <summary>A worker that has one queue's jobs run elsewhere. What is not about its queue is as for the process's own.</summary>
    public static WorkerPlan Delivering(JobsSettings settings, Delivery delivery, IServiceProvider services)
    {
        var own = settings.Worker;
        return new(new WorkerOptions
        {
            Concurrency = delivery.Concurrency,
            Version = own.Version,
            Queues = { delivery.Queue },
            ShutdownGrace = own.ShutdownGrace,
            LeaseDuration = own.LeaseDuration,
            HeartbeatInterval = own.HeartbeatInterval,
            PollInterval = own.PollInterval,
            MaxTakeovers = own.MaxTakeovers,
            NoHandlerGrace = own.NoHandlerGrace,
            AbandonGrace = own.AbandonGrace,
            MaintenanceInterval = own.MaintenanceInterval,
        })
        {
            Runner = delivery.Runner(services),
        };
    }

    /// <summary>Whether the worker knows what to do with a job, though it may be switched off.</summary>
    public bool Knows(RegisteredJob job) => Runner is not null || job.HasHandler;
}
