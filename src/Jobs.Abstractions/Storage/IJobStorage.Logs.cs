namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>
    /// Appends lines to the logs of their jobs, each only while its lease holds, or after the job was completed under that lease. The
    /// storage numbers them per job, in their order, and removes the job's oldest beyond the limit. They go with the job's record.
    /// </summary>
    /// <param name="lines">The lines.</param>
    /// <param name="maxLines">How many lines of a job are kept.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The indexes of the lines that were refused, because their leases no longer hold; empty when all were stored.</returns>
    ValueTask<IReadOnlyList<int>> AppendLogsAsync(IReadOnlyList<JobLogLine> lines, int maxLines, CancellationToken cancellationToken);

    /// <summary>A job's log, oldest line first; null when there is no such job. Lines and the job's state are of the same moment.</summary>
    /// <param name="id">The job.</param>
    /// <param name="afterLine">Lines with higher numbers only.</param>
    /// <param name="limit">At most so many lines.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<JobLogPage?> ReadLogsAsync(JobId id, long afterLine, int limit, CancellationToken cancellationToken);
}
