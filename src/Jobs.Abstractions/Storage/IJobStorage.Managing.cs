namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>Does one thing to one job, under a decision that no claim and no outcome can come between.</summary>
    /// <param name="id">The job.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<ChangeOutcome> ChangeAsync(JobId id, JobAction action, CancellationToken cancellationToken);

    /// <summary>Changes a pending job: all of it or nothing, and never one that is being claimed.</summary>
    /// <param name="id">The job.</param>
    /// <param name="change">What to change, already validated.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<ChangeOutcome> EditAsync(JobId id, JobChange change, CancellationToken cancellationToken);

    /// <summary>What was enqueued, edits included; null when there is no such job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<JobRecord?> GetRecordAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>
    /// One batch of a change of many jobs, in one short transaction, newest jobs first. Call it again with the answer's cursor until
    /// that is null. Jobs that were stored after the first batch began are not touched.
    /// </summary>
    /// <param name="request">Which jobs, and what to do.</param>
    /// <param name="cancellationToken">Cancels the batch before its effect.</param>
    /// <exception cref="JobException">The cursor is not one of this storage.</exception>
    ValueTask<BulkProgress> ChangeManyAsync(BulkChange request, CancellationToken cancellationToken);
}
