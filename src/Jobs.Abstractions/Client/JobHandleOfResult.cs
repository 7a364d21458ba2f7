namespace Jobs;

/// <summary>A job with a result that was enqueued or found.</summary>
/// <typeparam name="TResult">The job's result.</typeparam>
public sealed class JobHandle<TResult> : JobHandle
{
    /// <inheritdoc cref="JobHandle(JobId, bool, IJobTracker)"/>
    public JobHandle(JobId id, bool wasDeduplicated, IJobTracker<TResult> tracker)
        : base(id, wasDeduplicated, tracker)
    {
    }

    /// <inheritdoc cref="JobHandle.GetStatusAsync"/>
    public new ValueTask<JobSnapshot<TResult>> GetStatusAsync(CancellationToken cancellationToken = default) => Tracker.GetStatusAsync(Id, cancellationToken);

    /// <summary>Waits until the job has completed, on whichever machine it runs, and returns its result.</summary>
    /// <param name="cancellationToken">Stops waiting; the job goes on.</param>
    /// <exception cref="JobFailedException">The job failed for good.</exception>
    /// <exception cref="JobCancelledException">The job was cancelled.</exception>
    /// <exception cref="JobNotFoundException">The record is gone, by retention or removal.</exception>
    public Task<TResult> WaitForResultAsync(CancellationToken cancellationToken = default) => Tracker.WaitForResultAsync(Id, cancellationToken);

    private new IJobTracker<TResult> Tracker => (IJobTracker<TResult>)base.Tracker;
}
