namespace Jobs.Storage;

/// <summary>
/// A storage behind another process that knows the jobs: it is handed what callers said, so that the defaults, limits and rules of
/// that process count, and it waits there. It serves clients only; whatever only a worker does, it refuses.
/// </summary>
public interface IRemoteJobStorage : IJobStorage
{
    /// <summary>Enqueues jobs of one name, all or none; the answer is in their order. Repeats what was lost on the way without enqueuing twice.</summary>
    /// <param name="jobName">The stored name.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellationToken">Counts before the hand-over.</param>
    ValueTask<IReadOnlyList<InsertedJob>> SubmitAsync(string jobName, IReadOnlyList<SubmittedJob> jobs, CancellationToken cancellationToken);

    /// <summary>Waits until a job has ended; the answer has its result.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="JobNotFoundException">There is no such job, or not any more.</exception>
    Task<JobSnapshot> WaitForEndAsync(JobId id, CancellationToken cancellationToken);
}
