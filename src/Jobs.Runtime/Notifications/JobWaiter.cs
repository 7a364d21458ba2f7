namespace Jobs.Notifications;

/// <summary>Everybody in this process who waits for one job.</summary>
internal sealed class JobWaiter(JobWaiters owner, JobId id) : IDisposable
{
    private TaskCompletionSource<JobEnd?> _next = NewSource();
    private int _references;

    public JobId Id => id;

    /// <summary>How the job ended, when this process saw it: it counts when the record is gone by the time somebody looks.</summary>
    public JobEnd? End { get; private set; }

    /// <summary>Whether this process's worker is about to tell how the job ended, so that there is no need to look at the storage.</summary>
    public bool IsAboutToEnd { get; set; }

    /// <summary>Completes with the end, or with null as a reason to look again. Take it before looking at the storage: an end after the look is then not missed.</summary>
    /// <exception cref="ObjectDisposedException">Nobody will tell any more.</exception>
    public Task<JobEnd?> Next
    {
        get
        {
            owner.ThrowIfDisposed();
            return Volatile.Read(ref _next).Task;
        }
    }

    /// <summary>Tells everybody to look at the storage.</summary>
    /// <remarks>With a fresh source first: whoever is woken and waits again must not see this signal twice.</remarks>
    public void Signal() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult(null);

    /// <summary>This process's worker knows what became of the attempt.</summary>
    /// <param name="end">How the job ended; null when it has not, or when the storage knows better.</param>
    /// <param name="isAccepted">Whether the end is certain and complete, so that nobody needs to look at the storage.</param>
    public void Conclude(JobEnd? end, bool isAccepted)
    {
        IsAboutToEnd = false;
        End = end ?? End;
        Interlocked.Exchange(ref _next, NewSource()).TrySetResult(isAccepted ? end : null);
    }

    /// <summary>Nobody will tell any more.</summary>
    public void Abort() => Interlocked.Exchange(ref _next, NewSource()).TrySetException(new ObjectDisposedException("Jobs", $"The host was disposed while somebody waited for job {Id}. The job itself is not affected."));

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

    private static TaskCompletionSource<JobEnd?> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
