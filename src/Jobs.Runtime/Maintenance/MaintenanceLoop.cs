using Jobs.Execution;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Maintenance;

/// <summary>Gives back the jobs of dead workers, fails what stalled or has no handler, removes old records. Every process does it; the storage sees to it that no two do the same.</summary>
internal sealed class MaintenanceLoop(JobWorker worker) : PeriodicLoop(worker.Runtime.Time)
{
    /// <summary>Spread, so that many machines don't come at the same moment.</summary>
    protected override TimeSpan NextDelay() => worker.Runtime.Settings.Worker.MaintenanceInterval * (0.75 + (Random.Shared.NextDouble() / 2));

    protected override async ValueTask OnceAsync(CancellationToken cancellationToken)
    {
        var settings = worker.Runtime.Settings.Worker;
        var storage = await worker.Runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var request = new MaintenanceRequest(worker.Id, settings.MaxTakeovers, settings.NoHandlerGrace);
        MaintenanceReport report;
        do
        {
            report = await storage.MaintainAsync(request, cancellationToken).ConfigureAwait(false);
            if (report.TakenOver + report.Stalled + report.Orphaned > 0)
            {
                JobsLog.MaintenanceRescued(worker.Runtime.Logger, report.TakenOver, report.Stalled, report.Orphaned);
            }

            if (report.Removed > 0)
            {
                JobsLog.MaintenanceRemoved(worker.Runtime.Logger, report.Removed);
            }
        }
        while (!report.IsDone);
    }

    protected override void OnFailed(Exception exception) => JobsLog.MaintenanceFailed(worker.Runtime.Logger, exception);
}
