namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>
    /// Stores steps and waits, each only while its lease holds. They go with the job's record; nothing but its removal takes them away,
    /// a retry by hand neither.
    /// </summary>
    /// <param name="steps">The steps.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The jobs whose leases no longer hold; empty when all do.</returns>
    ValueTask<IReadOnlyList<JobId>> WriteStepsAsync(IReadOnlyList<StepWrite> steps, CancellationToken cancellationToken);

    /// <summary>A job's steps and waits, in the order in which they were stored; null when there is no such job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredStep>?> ReadStepsAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the answer to a wait. When its job waits for it (<see cref="JobOutcomeKind.Waiting"/>), the job becomes due in the same
    /// step. Answers are compared byte by byte.
    /// </summary>
    /// <param name="token">Which wait.</param>
    /// <param name="value">The answer as UTF-8 JSON. The storage may keep the reference.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<JobWaitCompletion> CompleteWaitAsync(JobWaitToken token, byte[] value, CancellationToken cancellationToken);
}
