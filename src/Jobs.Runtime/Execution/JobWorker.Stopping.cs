using Jobs.Telemetry;

namespace Jobs.Execution;

/// <content>From the last claim to the end.</content>
internal sealed partial class JobWorker
{
    private static readonly TimeSpan _cancelledHandlersGrace = TimeSpan.FromSeconds(5);

    /// <summary>Stops claiming; what runs goes on.</summary>
    public void StopClaiming()
    {
        _isClaiming = false;
        Held.Close();
    }

    /// <summary>Lets running jobs finish within the grace, then cancels them and gives them back.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => StopAsync(Plan.Options.ShutdownGrace, cancellationToken);

    /// <summary>For containers that are disposed synchronously. A host that was stopped before leaves nothing to wait for.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Stops at once, without a grace for running jobs, if nobody has stopped the worker before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await StopAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        if (_queue is not null)
        {
            Runtime.Signals.JobsReady -= _queue.OnJobsReady;
            Runtime.Signals.CancelRequested -= OnCancelRequested;
            _queue.Dispose();
        }

        foreach (var fetcher in _fetchers)
        {
            fetcher.Dispose();
        }

        Progress.Dispose();
        _loopsStopping.Dispose();
    }

    private async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        StopClaiming();
        if (!_isStarted || _isStopped)
        {
            return;
        }

        JobsLog.WorkerDraining(Runtime.Logger, Id, Held.Running, grace);
        if (!await IdleWithinAsync(grace, cancellationToken).ConfigureAwait(false))
        {
            JobsLog.DrainTimedOut(Runtime.Logger, Held.Running);
            _isCancelling = true;
            Held.CancelAll(CancelCause.Shutdown);

            await IdleWithinAsync(_cancelledHandlersGrace, cancellationToken).ConfigureAwait(false);
        }

        _isStopped = true;
        Queue.WakeAll();
        await StoreOutcomesAsync(cancellationToken).ConfigureAwait(false);
        await RetireAsync().ConfigureAwait(false);
        Runtime.Waiters.Holders.TryRemove(Held, out _);

        JobsLog.WorkerStopped(Runtime.Logger, Id);
    }

    private async Task<bool> IdleWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var idle = Held.WhenIdleAsync();
        if (idle.IsCompleted)
        {
            return true;
        }

        if (limit == TimeSpan.Zero)
        {
            return false;
        }

        try
        {
            await idle.WaitAsync(limit, Runtime.Time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task StoreOutcomesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_fetching).WaitAsync(_cancelledHandlersGrace, Runtime.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // The storage is away: what could not be stored comes back when the lease has expired.
        }
    }

    private async Task RetireAsync()
    {
        await _loopsStopping.CancelAsync().ConfigureAwait(false);
        Queue.WakeAll();
        try
        {
            await Task.WhenAll(_loops).WaitAsync(_cancelledHandlersGrace, Runtime.Time).ConfigureAwait(false);
            var storage = await Runtime.GetStorageAsync(CancellationToken.None).ConfigureAwait(false);
            await storage.RetireWorkerAsync(Id, CancellationToken.None).AsTask().WaitAsync(_cancelledHandlersGrace, Runtime.Time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            JobsLog.RetireFailed(Runtime.Logger, exception);
        }
    }
}
