using Jobs.Storage;

namespace Jobs.Notifications;

/// <summary>Passes the storage's signals on to whoever in this process acts on them.</summary>
internal sealed class StorageSignals(JobWaiters waiters) : IJobStorageListener
{
    public event Action? JobsReady;

    public event Action<JobId>? CancelRequested;

    public event Action? SchedulesChanged;

    public event Action? JobEnded;

    public void OnJobsReady() => JobsReady?.Invoke();

    public void OnCancelRequested(JobId id) => CancelRequested?.Invoke(id);

    public void OnJobEnded(JobId? id)
    {
        waiters.OnJobEnded(id);
        JobEnded?.Invoke();
    }

    public void OnSchedulesChanged() => SchedulesChanged?.Invoke();
}
