using Jobs.Execution;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Maintenance;

/// <summary>Renews the worker's lease. When that fails for longer than the lease, the handlers are stopped: others may have their jobs.</summary>
internal sealed class HeartbeatLoop(JobWorker worker, WorkerHeartbeat heartbeat) : PeriodicLoop(worker.Runtime.Time)
{
    private static readonly TimeSpan _retryInterval = TimeSpan.FromSeconds(1);
    private long _lastSuccess = worker.Runtime.Time.GetTimestamp();
    private bool _isFailing;
    private bool _hasExpired;

    /// <summary>Sends one heartbeat.</summary>
    /// <returns>False when the worker had been declared dead.</returns>
    public async ValueTask<bool> BeatAsync(CancellationToken cancellationToken)
    {
        var storage = await worker.Runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var sent = Time.GetTimestamp();
        var isKnown = await storage.HeartbeatAsync(heartbeat, cancellationToken).ConfigureAwait(false);
        _lastSuccess = sent;
        _isFailing = _hasExpired = false;
        return isKnown;
    }

    protected override TimeSpan NextDelay()
    {
        var interval = worker.Plan.Options.HeartbeatInterval;
        return _isFailing && _retryInterval < interval ? _retryInterval : interval;
    }

    protected override async ValueTask OnceAsync(CancellationToken cancellationToken)
    {
        // A heartbeat that hangs (a half-open connection) must not hide that the lease runs out.
        using var limit = new CancellationTokenSource(heartbeat.LeaseDuration / 3, Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        if (!await BeatAsync(both.Token).AsTask().WaitAsync(both.Token).ConfigureAwait(false))
        {
            JobsLog.DeclaredDead(worker.Runtime.Logger);
            worker.LoseAllLeases();
        }
    }

    protected override void OnFailed(Exception exception)
    {
        _isFailing = true;
        var remaining = heartbeat.LeaseDuration - Time.GetElapsedTime(_lastSuccess);
        if (remaining > TimeSpan.Zero)
        {
            JobsLog.HeartbeatFailed(worker.Runtime.Logger, remaining, exception);
        }
        else
        {
            if (!_hasExpired)
            {
                _hasExpired = true;
                JobsLog.LeaseExpired(worker.Runtime.Logger);
            }

            // Each time: exchanges may still come through while heartbeats don't.
            worker.LoseAllLeases();
        }
    }
}
