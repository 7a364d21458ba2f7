namespace Jobs.Notifications;

/// <summary>Everybody in this process who waits for one job.</summary>
internal sealed class JobWaiter(JobWaiters owner, JobId id) : IDisposable
{
    private TaskCompletionSource<JobEnd?> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _references;

    public JobId Id => id;

    /// <summary>How the job's attempt ended here, before the storage has accepted it. It counts only if the record turns out to be gone.</summary>
    public JobEnd? Tentative { get; set; }

    /// <summary>Completes with the end, or with null as a reason to look again. Take it before looking at the storage: an end after the look is then not missed.</summary>
    public Task<JobEnd?> Next => Volatile.Read(ref _next).Task;

    /// <summary>Tells everybody; null tells them to look at the storage.</summary>
    public void Signal(JobEnd? end)
    {
        // A fresh source first: whoever is woken and waits again must not see this signal twice.
        var signalled = end is null ? Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)) : _next;
        signalled.TrySetResult(end);
    }

    public bool TryAddReference()
    {
        if (_references < 0)
        {
            return false;
        }

        _references++;
        return true;
    }

    /// <summary>Whether the last reference went.</summary>
    public bool RemoveReference()
    {
        if (--_references > 0)
        {
            return false;
        }

        _references = -1;
        return true;
    }

    public void Dispose() => owner.Release(this);
}
