namespace Jobs;

/// <summary>A job that was enqueued or found: its id, and what can be asked of it from any process.</summary>
public class JobHandle
{
    // One object per call, so every byte counts: that the call met a job is told by what is around the tracker.
    private readonly object _tracker;

    /// <summary>Creates a handle; applications get theirs from a client.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="wasDeduplicated">Whether the call met a job that already existed.</param>
    /// <param name="tracker">Answers the handle's questions.</param>
    public JobHandle(JobId id, bool wasDeduplicated, IJobTracker tracker)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        Id = id;
        _tracker = wasDeduplicated ? new Met(tracker) : tracker;
    }

    /// <summary>The job's id.</summary>
    public JobId Id { get; }

    /// <summary>Whether this call met a job that already existed, by its id or idempotency key; the handle is that job's.</summary>
    public bool WasDeduplicated => _tracker is Met;

    /// <summary>The job's state now.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="JobNotFoundException">The record is gone, by retention or removal.</exception>
    public ValueTask<JobSnapshot> GetStatusAsync(CancellationToken cancellationToken = default) => Tracker.GetStatusAsync(Id, cancellationToken);

    /// <summary>Waits until the job has completed, on whichever machine it runs.</summary>
    /// <param name="cancellationToken">Stops waiting; the job goes on.</param>
    /// <exception cref="JobFailedException">The job failed for good.</exception>
    /// <exception cref="JobCancelledException">The job was cancelled.</exception>
    /// <exception cref="JobNotFoundException">The record is gone, by retention or removal.</exception>
    public Task WaitForCompletionAsync(CancellationToken cancellationToken = default) => Tracker.WaitForCompletionAsync(Id, cancellationToken);

    /// <summary>Cancels the job: at once when it waits; through its handler's token when it runs.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when the job had already ended.</returns>
    /// <exception cref="JobNotFoundException">The record is gone, by retention or removal.</exception>
    public ValueTask<bool> CancelAsync(CancellationToken cancellationToken = default) => Tracker.CancelAsync(Id, cancellationToken);

    private protected IJobTracker Tracker => _tracker is Met met ? met.Tracker : (IJobTracker)_tracker;

    private sealed class Met(IJobTracker tracker)
    {
        public IJobTracker Tracker => tracker;
    }
}
