using System.Diagnostics.CodeAnalysis;
using Jobs.Execution;
using Jobs.Hosting;
using Jobs.Storage;

namespace Jobs.Fetching;

/// <summary>
/// Lets the exchanges of a worker run side by side, and a reconciliation alone: after an exchange whose answer was lost, what
/// the worker holds without knowing is given back, or its heartbeats would hold it for ever.
/// </summary>
/// <remarks>
/// It is done twice: at once, and again after a lease's time. An exchange that this side gave up on (a connection that went
/// silent) may still commit on the other side after the first time.
/// </remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Semaphores without a wait handle hold nothing, and disposing them would race with an exchange that hangs; the timer fires once.")]
internal sealed class ExchangeGate(int exchanges, TimeProvider time, TimeSpan again, Action wake)
{
    private ITimer? _again;
    private readonly SemaphoreSlim _permits = new(exchanges);
    private readonly SemaphoreSlim _reconciling = new(1);
    private volatile bool _needsReconciliation;

    public bool NeedsReconciliation
    {
        get => _needsReconciliation;
        set => _needsReconciliation = value;
    }

    /// <summary>An exchange failed, and nobody knows whether it happened.</summary>
    public void OnAnswerLost()
    {
        _needsReconciliation = true;
        using var _ = AmbientContext.Leave();
        var timer = time.CreateTimer(
            state =>
            {
                _needsReconciliation = true;
                wake();
            },
            null,
            again,
            Timeout.InfiniteTimeSpan);
        Interlocked.Exchange(ref _again, timer)?.Dispose();
    }

    public Task EnterAsync(CancellationToken cancellationToken) => _permits.WaitAsync(cancellationToken);

    public void Exit() => _permits.Release();

    public async ValueTask ReconcileAsync(IJobStorage storage, JobWorker worker, CancellationToken cancellationToken)
    {
        await _reconciling.WaitAsync(cancellationToken).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < exchanges; taken++)
            {
                await _permits.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            if (_needsReconciliation)
            {
                // Cleared before the look at what is known: whatever is let go of after it asks for another round.
                _needsReconciliation = false;
                var known = worker.Held.Leases();
                await storage.ReleaseUnknownAsync(worker.Id, known, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            _needsReconciliation = true;
            throw;
        }
        finally
        {
            if (taken > 0)
            {
                _permits.Release(taken);
            }

            _reconciling.Release();
        }
    }
}
