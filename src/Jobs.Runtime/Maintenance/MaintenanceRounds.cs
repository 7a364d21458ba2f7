using Jobs.Hosting;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Maintenance;

/// <summary>Rounds of maintenance until there is nothing left to do, logged and counted.</summary>
internal static class MaintenanceRounds
{
    public static async ValueTask<MaintenanceReport> RunAsync(JobsRuntime runtime, string? workerId, CancellationToken cancellationToken)
    {
        var settings = runtime.Settings.Worker;
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var request = new MaintenanceRequest(workerId, settings.MaxTakeovers, settings.NoHandlerGrace) { Bounds = runtime.Registry.Bounds };
        var sum = default(MaintenanceReport);
        do
        {
            var report = await storage.MaintainAsync(request, cancellationToken).ConfigureAwait(false);
            sum = new MaintenanceReport(sum.TakenOver + report.TakenOver, sum.Stalled + report.Stalled, sum.Orphaned + report.Orphaned, sum.Removed + report.Removed, report.IsDone);
            runtime.Telemetry.Maintained(report);
            if (report.TakenOver + report.Stalled + report.Orphaned > 0)
            {
                JobsLog.MaintenanceRescued(runtime.Logger, report.TakenOver, report.Stalled, report.Orphaned);
            }

            if (report.TakenOver + report.Stalled > 0 && runtime.Events.IsActive)
            {
                runtime.Events.Publish(new JobEvent { Kind = JobEventKind.Stalled, Message = $"{report.TakenOver} jobs of dead workers were taken over, {report.Stalled} failed because that happened too often." });
            }

            if (report.Removed > 0)
            {
                JobsLog.MaintenanceRemoved(runtime.Logger, report.Removed);
            }
        }
        while (!sum.IsDone);
        return sum;
    }
}
