namespace Jobs.Storage;

/// <summary>Who listens to a storage: for its author, who calls <see cref="Subscribe"/> from <see cref="IJobStorage.Subscribe"/> and the rest when something happens.</summary>
/// <remarks>Safe on any number of threads. Give signals outside of the storage's locks, so that a listener may call the storage.</remarks>
public sealed class JobStorageListeners
{
    private readonly Lock _gate = new();
    private volatile IJobStorageListener[] _listeners = [];

    /// <summary>Whether anybody listens, where finding out what to tell costs something.</summary>
    public bool HasListeners => _listeners.Length > 0;

    /// <summary>Adds a listener until the returned object is disposed.</summary>
    /// <param name="listener">Hears the signals.</param>
    public IDisposable Subscribe(IJobStorageListener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }

        return new Subscription(this, listener);
    }

    /// <summary>Tells everybody that jobs may be ready.</summary>
    public void JobsReady()
    {
        foreach (var listener in _listeners)
        {
            listener.OnJobsReady();
        }
    }

    /// <summary>Tells everybody that a running job shall be cancelled.</summary>
    /// <param name="id">The job.</param>
    public void CancelRequested(JobId id)
    {
        foreach (var listener in _listeners)
        {
            listener.OnCancelRequested(id);
        }
    }

    /// <summary>Tells everybody that a job has ended.</summary>
    /// <param name="id">The job; null when it is not known which.</param>
    public void JobEnded(JobId? id)
    {
        foreach (var listener in _listeners)
        {
            listener.OnJobEnded(id);
        }
    }

    /// <summary>Tells everybody that a schedule was changed.</summary>
    public void SchedulesChanged()
    {
        foreach (var listener in _listeners)
        {
            listener.OnSchedulesChanged();
        }
    }

    private void Unsubscribe(IJobStorageListener listener)
    {
        lock (_gate)
        {
            var index = Array.IndexOf(_listeners, listener);
            if (index >= 0)
            {
                _listeners = [.. _listeners[..index], .. _listeners[(index + 1)..]];
            }
        }
    }

    private sealed class Subscription(JobStorageListeners listeners, IJobStorageListener listener) : IDisposable
    {
        private JobStorageListeners? _listeners = listeners;

        public void Dispose() => Interlocked.Exchange(ref _listeners, null)?.Unsubscribe(listener);
    }
}
