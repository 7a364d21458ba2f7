namespace Jobs;

public partial interface IJobManager
{
    /// <summary>
    /// Runs the job that a dead letter is about once more: a new job with the same input, in the same queue. The letter itself stays;
    /// redriving it again gives the same job as long as that job's record lives.
    /// </summary>
    /// <param name="deadLetterId">The id of the letter (<see cref="JobSnapshot.DeadLetterJobId"/> of the failed job).</param>
    /// <param name="cancellationToken">Cancels before the job is handed to the storage.</param>
    /// <returns>Null when there is no such job, or it is no dead letter.</returns>
    /// <exception cref="JobNotFoundException">This application has no job of the failed job's name.</exception>
    ValueTask<JobHandle?> RedriveAsync(JobId deadLetterId, CancellationToken cancellationToken = default);

    /// <summary>Redrives all dead letters that match, as <see cref="RedriveAsync(JobId, CancellationToken)"/> does each of them.</summary>
    /// <param name="filter">Which letters, for example by the name of the job that takes them. Limit, offset and cursor play no part.</param>
    /// <param name="cancellationToken">Cancels between two letters.</param>
    /// <returns>How many letters were redriven by this call.</returns>
    ValueTask<long> RedriveAsync(JobFilter filter, CancellationToken cancellationToken = default);
}
