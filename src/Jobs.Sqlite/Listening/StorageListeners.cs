using Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace Jobs.Sqlite;

/// <summary>Who listens, and telling them.</summary>
internal sealed class StorageListeners(ILogger logger)
{
    private readonly Lock _gate = new();
    private volatile IJobStorageListener[] _listeners = [];

    public bool Any => _listeners.Length > 0;

    /// <summary>Called when the first one comes and when the last one goes.</summary>
    public Action? Changed { get; set; }

    public IDisposable Add(IJobStorageListener listener)
    {
        lock (_gate)
            _listeners = [.. _listeners, listener];

        Changed?.Invoke();
        return new Subscription(this, listener);
    }

    public void Tell(CommitSignals signals)
    {
        if (!Any)
            return;

        if (signals.JobsReady)
            Tell(static (listener, _) => listener.OnJobsReady(), 0);

        foreach (var id in signals.Ended)
            Tell(static (listener, id) => listener.OnJobEnded(id), id);

        foreach (var id in signals.CancelRequested)
            Tell(static (listener, id) => listener.OnCancelRequested(id), id);
    }

    /// <summary>Another connection has changed something.</summary>
    public void TellOfChanges(IReadOnlyList<JobId> cancelRequested)
    {
        Tell(static (listener, _) => listener.OnJobsReady(), 0);
        Tell(static (listener, _) => listener.OnJobEnded(null), 0);
        foreach (var id in cancelRequested)
            Tell(static (listener, id) => listener.OnCancelRequested(id), id);
    }

    /// <summary>A schedule was changed here; what other processes change is found by looking at what is due.</summary>
    public void TellOfSchedules() => Tell(static (listener, _) => listener.OnSchedulesChanged(), 0);

    private void Tell<T>(Action<IJobStorageListener, T> signal, T argument)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                signal(listener, argument);
            }
            catch (Exception exception)
            {
                // The writer's thread serves everybody; a listener that breaks the contract must not end it.
                SqliteLog.ListenerThrew(logger, exception);
            }
        }
    }

    private void Remove(IJobStorageListener listener)
    {
        lock (_gate)
        {
            var index = Array.IndexOf(_listeners, listener);
            if (index >= 0)
                _listeners = [.. _listeners[..index], .. _listeners[(index + 1)..]];
        }

        Changed?.Invoke();
    }

    private sealed class Subscription(StorageListeners listeners, IJobStorageListener listener) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                listeners.Remove(listener);
        }
    }
}
