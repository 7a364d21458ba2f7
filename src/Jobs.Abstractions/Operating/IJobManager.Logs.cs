namespace Jobs;

public partial interface IJobManager
{
    /// <summary>The lines that a job's handler wrote to <see cref="JobContext.Logger"/>, oldest first. Nothing when there is no such job.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="afterLine">The number of the last line that is known already; 0 for all that are kept.</param>
    /// <param name="follow">Whether to wait for further lines until the job has ended. They arrive within about a second.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<JobLogEntry> ReadLogsAsync(JobId id, long afterLine = 0, bool follow = false, CancellationToken cancellationToken = default);
}
