using Jobs.Execution;
using Jobs.Telemetry;

namespace Jobs.Maintenance;

/// <summary>Gives back the jobs of dead workers, fails what stalled or has no handler, removes old records. Every process does it; the storage sees to it that no two do the same.</summary>
internal sealed class MaintenanceLoop(JobWorker worker) : PeriodicLoop(worker.Runtime.Time)
{
    /// <summary>Spread, so that many machines don't come at the same moment.</summary>
    protected override TimeSpan NextDelay() => worker.Plan.Options.MaintenanceInterval * (0.75 + (Random.Shared.NextDouble() / 2));

    protected override async ValueTask OnceAsync(CancellationToken cancellationToken)
    {
        await MaintenanceRounds.RunAsync(worker.Runtime, worker.Id, cancellationToken).ConfigureAwait(false);
        if (worker.Runtime.Telemetry.MeasuresBacklog)
        {
            var storage = await worker.Runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
            worker.Runtime.Telemetry.SetBacklog(await storage.GetBacklogAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    protected override void OnFailed(Exception exception) => JobsLog.MaintenanceFailed(worker.Runtime.Logger, exception);
}
