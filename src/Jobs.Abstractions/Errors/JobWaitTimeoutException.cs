namespace Jobs;

/// <summary>
/// Nobody answered in time. A handler that does not catch it fails for good: every further attempt would come to the same wait, which
/// stays timed out.
/// </summary>
public sealed class JobWaitTimeoutException : JobException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="id">The job.</param>
    /// <param name="wait">The name of the wait.</param>
    public JobWaitTimeoutException(JobId id, string wait)
        : base(JobErrorCodes.WaitTimedOut, $"Nobody answered the wait '{wait}' of job {id} in time. Catch this exception to go on without an answer; to ask again, resubmit the job.", id) => Wait = wait;

    /// <summary>The name of the wait.</summary>
    public string Wait { get; }
}
