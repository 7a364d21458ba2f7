using System.Collections.Concurrent;
using Jobs.Execution;
using Jobs.Storage;
using Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace Jobs.Notifications;

/// <summary>
/// Who in this process waits for which job. Woken by the storage's signals and by this process's own worker; behind them a
/// poll, which runs only while somebody waits.
/// </summary>
internal sealed class JobWaiters : IAsyncDisposable
{
    private readonly ConcurrentDictionary<JobId, JobWaiter> _waiters = new();
    private readonly Lock _gate = new();
    private readonly Func<CancellationToken, ValueTask<IJobStorage>> _storage;
    private readonly ITimer _timer;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private int _polling;
    private bool _isArmed;

    public JobWaiters(Func<CancellationToken, ValueTask<IJobStorage>> storage, TimeProvider time, TimeSpan interval, ILogger logger)
    {
        _storage = storage;
        _interval = interval;
        _logger = logger;
        _timer = time.CreateTimer(static state => _ = ((JobWaiters)state!).PollAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What this process's workers hold; each is there as long as its worker runs.</summary>
    public ConcurrentDictionary<HeldJobs, bool> Holders { get; } = new();

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);

    public JobWaiter Register(JobId id)
    {
        lock (_gate)
        {
            ThrowIfDisposed();
            if (!_waiters.TryGetValue(id, out var waiter) || !waiter.TryAddReference())
            {
                waiter = new JobWaiter(this, id);
                waiter.TryAddReference();
                _waiters[id] = waiter;
            }

            if (!_isArmed)
            {
                _isArmed = true;
                _timer.Change(_interval, _interval);
            }

            return waiter;
        }
    }

    /// <summary>Those who wait for a job; null when nobody does.</summary>
    public JobWaiter? Find(JobId id) => _waiters.IsEmpty ? null : _waiters.GetValueOrDefault(id);

    /// <summary>Whether a worker of this process holds the job, and so will tell what becomes of it.</summary>
    public bool IsHeldHere(JobId id)
    {
        foreach (var (held, _) in Holders)
        {
            if (held.Contains(id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The storage says that a job ended, or, with null, that some did.</summary>
    public void OnJobEnded(JobId? id)
    {
        if (_waiters.IsEmpty)
        {
            return;
        }

        if (id is null)
        {
            _ = PollAsync();
        }
        else if (_waiters.TryGetValue(id.Value, out var waiter) && !waiter.IsAboutToEnd)
        {
            waiter.Signal();
        }
    }

    public void Release(JobWaiter waiter)
    {
        lock (_gate)
        {
            if (waiter.RemoveReference())
            {
                _waiters.TryRemove(new KeyValuePair<JobId, JobWaiter>(waiter.Id, waiter));
                if (_waiters.IsEmpty)
                {
                    _isArmed = false;
                    _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            // Under the gate, so that nobody registers after the last look below.
            _stopping.Cancel();
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
        foreach (var waiter in _waiters.Values)
        {
            waiter.Abort();
        }
    }

    private async Task PollAsync()
    {
        if (_waiters.IsEmpty || Interlocked.Exchange(ref _polling, 1) == 1)
        {
            return;
        }

        try
        {
            var storage = await _storage(_stopping.Token).ConfigureAwait(false);
            foreach (var id in await storage.GetEndedAsync([.. _waiters.Keys], _stopping.Token).ConfigureAwait(false))
            {
                if (_waiters.TryGetValue(id, out var waiter))
                {
                    waiter.Signal();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && _stopping.IsCancellationRequested)
        {
            // The process stops; nobody waits any more.
        }
        catch (Exception exception)
        {
            JobsLog.WaiterPollFailed(_logger, exception);
        }
        finally
        {
            Volatile.Write(ref _polling, 0);
        }
    }
}
