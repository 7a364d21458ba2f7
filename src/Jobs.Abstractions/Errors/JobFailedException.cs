namespace Jobs;

/// <summary>A job that somebody waited for failed for good.</summary>
public sealed class JobFailedException : JobException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="job">The failed job.</param>
    public JobFailedException(JobSnapshot job)
        : base(JobErrorCodes.Failed, Describe(job), job.Id) => Job = job;

    /// <summary>Why it failed.</summary>
    public FailureReason Reason => Job.FailureReason;

    /// <summary>The job as it ended, with its attempts.</summary>
    public JobSnapshot Job { get; }

    private static string Describe(JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return $"Job {job.Id} ('{job.Name}') failed after {job.Attempt} of {job.MaxAttempts} attempts ({job.FailureReason}): {job.Error}";
    }
}
