namespace Jobs;

/// <summary>Answers a <see cref="JobHandle"/>'s questions. The runtime implements it; so may a test double that hands out handles.</summary>
public interface IJobTracker
{
    /// <summary>The job's state now.</summary>
    /// <exception cref="JobNotFoundException">There is no such job, or not any more.</exception>
    ValueTask<JobSnapshot> GetStatusAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Waits until the job has completed.</summary>
    /// <exception cref="JobFailedException">The job failed for good.</exception>
    /// <exception cref="JobCancelledException">The job was cancelled.</exception>
    /// <exception cref="JobNotFoundException">There is no such job, or not any more.</exception>
    Task WaitForCompletionAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Cancels the job; false when it had already ended.</summary>
    /// <exception cref="JobNotFoundException">There is no such job, or not any more.</exception>
    ValueTask<bool> CancelAsync(JobId id, CancellationToken cancellationToken);
}

/// <summary>Answers the questions of a <see cref="JobHandle{TResult}"/>.</summary>
/// <typeparam name="TResult">The job's result.</typeparam>
public interface IJobTracker<TResult> : IJobTracker
{
    /// <inheritdoc cref="IJobTracker.GetStatusAsync"/>
    new ValueTask<JobSnapshot<TResult>> GetStatusAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Waits until the job has completed, and returns its result.</summary>
    /// <exception cref="JobFailedException">The job failed for good.</exception>
    /// <exception cref="JobCancelledException">The job was cancelled.</exception>
    /// <exception cref="JobNotFoundException">There is no such job, or not any more.</exception>
    Task<TResult> WaitForResultAsync(JobId id, CancellationToken cancellationToken);
}
