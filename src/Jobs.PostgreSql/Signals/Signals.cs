using Jobs.Storage;

namespace Jobs.PostgreSql;

/// <summary>The listeners of this process.</summary>
internal sealed class Signals
{
    private readonly Lock _gate = new();
    private volatile IJobStorageListener[] _listeners = [];

    public bool HasListeners => _listeners.Length > 0;

    public IDisposable Subscribe(IJobStorageListener listener)
    {
        lock (_gate)
            _listeners = [.. _listeners, listener];

        return new Subscription(this, listener);
    }

    public void JobsReady()
    {
        foreach (var listener in _listeners)
            listener.OnJobsReady();
    }

    public void CancelRequested(JobId id)
    {
        foreach (var listener in _listeners)
            listener.OnCancelRequested(id);
    }

    public void JobEnded(JobId? id)
    {
        foreach (var listener in _listeners)
            listener.OnJobEnded(id);
    }

    private void Unsubscribe(IJobStorageListener listener)
    {
        lock (_gate)
        {
            var index = Array.IndexOf(_listeners, listener);
            if (index >= 0)
                _listeners = [.. _listeners[..index], .. _listeners[(index + 1)..]];
        }
    }

    private sealed class Subscription(Signals signals, IJobStorageListener listener) : IDisposable
    {
        private Signals? _signals = signals;

        public void Dispose() => Interlocked.Exchange(ref _signals, null)?.Unsubscribe(listener);
    }
}
