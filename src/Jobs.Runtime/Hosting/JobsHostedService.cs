using Jobs.Maintenance;
using Jobs.Scheduling;
using Microsoft.Extensions.Hosting;

namespace Jobs.Hosting;

/// <summary>Ties the workers to the host: they claim once the application has started, and stop claiming as soon as it stops.</summary>
internal sealed class JobsHostedService(JobsRuntime runtime, JobWorkers workers, ScheduleStart scheduleStart, ScheduleLoop schedules, QueueCheck queueCheck, IHostApplicationLifetime? lifetime) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!runtime.HasStorage)
        {
            return;
        }

        await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        await workers.StartAsync(cancellationToken).ConfigureAwait(false);
        await scheduleStart.RunAsync(cancellationToken).ConfigureAwait(false);
        lifetime?.ApplicationStarted.Register(Begin);
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (lifetime is null)
        {
            Begin();
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        schedules.BeginStop();
        workers.StopClaiming();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await queueCheck.StopAsync(cancellationToken).ConfigureAwait(false);
        await schedules.StopAsync(cancellationToken).ConfigureAwait(false);
        await workers.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Begin()
    {
        workers.BeginClaiming();
        schedules.Start();
        queueCheck.Start();
    }
}
