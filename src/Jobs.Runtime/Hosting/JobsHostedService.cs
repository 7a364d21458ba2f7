using Jobs.Execution;
using Microsoft.Extensions.Hosting;

namespace Jobs.Hosting;

/// <summary>Ties the worker to the host: it claims once the application has started, and stops claiming as soon as it stops.</summary>
internal sealed class JobsHostedService(JobsRuntime runtime, JobWorker worker, IHostApplicationLifetime? lifetime) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        await worker.StartAsync(cancellationToken).ConfigureAwait(false);
        lifetime?.ApplicationStarted.Register(worker.BeginClaiming);
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (lifetime is null)
        {
            worker.BeginClaiming();
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        worker.StopClaiming();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => worker.StopAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
