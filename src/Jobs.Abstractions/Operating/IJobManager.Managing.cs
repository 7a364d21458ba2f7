namespace Jobs;

// A change of many jobs goes through them newest first, in short transactions of at most a thousand jobs, so that a filter that
// matches a million holds nobody up. Each job is changed wholly or not at all; the call as a whole is no transaction: when it is
// cancelled or fails, what was done stays done. Jobs that are enqueued while it runs are not touched. JobFilter.Offset, Cursor and
// a Limit other than the default are refused.
public partial interface IJobManager
{
    /// <summary>Cancels every job that matches and has not ended: at once when it waits, through its handler's token when it runs.</summary>
    /// <param name="filter">Which jobs; without conditions, all. Paging is refused.</param>
    /// <param name="cancellationToken">Stops between two batches; what was cancelled stays so.</param>
    /// <returns>How many were cancelled, or asked to.</returns>
    /// <exception cref="JobException">The filter asks for a page (<see cref="JobErrorCodes.InvalidOption"/>).</exception>
    ValueTask<long> CancelAsync(JobFilter filter, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs a job again, under the same id and with its history: one that failed or was cancelled becomes pending and due; one that
    /// waits for its next attempt becomes due. It runs once more even when its attempts are used up
    /// (<see cref="JobSnapshot.MaxAttempts"/> then says so), and is retried further only if its policy leaves attempts.
    /// </summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such job, or it is in another state: it completed (see <see cref="ResubmitAsync"/>), it runs, it is due already, or it has yet to run for the first time (see <see cref="PromoteAsync(JobId, CancellationToken)"/>).</returns>
    ValueTask<bool> RetryAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Retries every job that matches, each as <see cref="RetryAsync(JobId, CancellationToken)"/> would.</summary>
    /// <inheritdoc cref="CancelAsync(JobFilter, CancellationToken)"/>
    /// <returns>How many will run again.</returns>
    ValueTask<long> RetryAsync(JobFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Enqueues a copy of a job, whatever its state: the same input, queue, priority, policy, tags and metadata, due now, under a new id and without idempotency key.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels before the job is handed to the storage.</param>
    /// <returns>The new job; null when there is no such job.</returns>
    /// <exception cref="JobNotFoundException">No job has its name in this application.</exception>
    /// <exception cref="JobValidationException">Its input breaks the rules of today. Nothing is stored.</exception>
    /// <exception cref="JobException">The job is switched off (<see cref="JobErrorCodes.Disabled"/>).</exception>
    ValueTask<JobHandle?> ResubmitAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Makes a delayed job due now.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such job, or it is not pending and due later.</returns>
    ValueTask<bool> PromoteAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Makes every job that matches and is delayed due now.</summary>
    /// <inheritdoc cref="CancelAsync(JobFilter, CancellationToken)"/>
    /// <returns>How many became due.</returns>
    ValueTask<long> PromoteAsync(JobFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Changes a pending job: all that the edit names, or nothing. A worker that claims it gets it wholly as it was or wholly as it is now.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="edit">What to change.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such job, or it is not pending.</returns>
    /// <exception cref="JobValidationException">The input is not one of the job's, or breaks its rules. Nothing was changed.</exception>
    /// <exception cref="JobNotFoundException">The input cannot be validated, because no job has this name in this application.</exception>
    /// <exception cref="JobException">The due time, the tags or the size of the input are out of range. Nothing was changed.</exception>
    ValueTask<bool> EditAsync(JobId id, JobEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Changes every pending job that matches, each as <see cref="EditAsync(JobId, JobEdit, CancellationToken)"/> would.</summary>
    /// <param name="filter">Which jobs. When the edit has an input, it must name the job (<see cref="JobFilter.Name"/>).</param>
    /// <param name="edit">What to change.</param>
    /// <param name="cancellationToken">Stops between two jobs; what was changed stays so.</param>
    /// <returns>How many were changed.</returns>
    /// <inheritdoc cref="EditAsync(JobId, JobEdit, CancellationToken)" path="/exception"/>
    ValueTask<long> EditAsync(JobFilter filter, JobEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Removes a job's record, with its history and its keys. A job that waits never runs.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such job, or it runs: cancel it first.</returns>
    ValueTask<bool> DeleteAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Removes the record of every job that matches and does not run.</summary>
    /// <inheritdoc cref="CancelAsync(JobFilter, CancellationToken)"/>
    /// <returns>How many were removed.</returns>
    ValueTask<long> DeleteAsync(JobFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Removes the records of jobs that ended at least so long ago: completed, failed and cancelled ones, or those of the filter's state.</summary>
    /// <param name="filter">Which jobs; without conditions, all. Paging is refused.</param>
    /// <param name="olderThan">How long ago they ended at least, by the storage's clock.</param>
    /// <param name="cancellationToken">Stops between two batches; what was removed stays so.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="JobException">The filter asks for a page (<see cref="JobErrorCodes.InvalidOption"/>).</exception>
    ValueTask<long> CleanAsync(JobFilter filter, JobDuration olderThan, CancellationToken cancellationToken = default);

    /// <summary>Removes every pending job of a queue, the delayed ones included. What runs goes on, what ended is kept.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Stops between two batches; what was removed stays so.</param>
    /// <returns>How many were removed.</returns>
    ValueTask<long> DrainQueueAsync(string queue, CancellationToken cancellationToken = default);
}
