using Jobs.Execution;
using Jobs.Telemetry;

namespace Jobs.Maintenance;

/// <summary>Looks for running jobs that shall be cancelled, for storages and moments without a signal. Asks only while something runs.</summary>
internal sealed class CancelPoll(JobWorker worker) : PeriodicLoop(worker.Runtime.Time)
{
    protected override TimeSpan NextDelay() => worker.Plan.Options.PollInterval;

    protected override async ValueTask OnceAsync(CancellationToken cancellationToken)
    {
        if (worker.Held.IsEmpty)
        {
            return;
        }

        var storage = await worker.Runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        foreach (var id in await storage.GetCancelRequestsAsync(worker.Id, cancellationToken).ConfigureAwait(false))
        {
            worker.OnCancelRequested(id);
        }
    }

    protected override void OnFailed(Exception exception) => JobsLog.CancelPollFailed(worker.Runtime.Logger, exception);
}
