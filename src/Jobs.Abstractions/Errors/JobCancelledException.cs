namespace Jobs;

/// <summary>A job that somebody waited for was cancelled.</summary>
public sealed class JobCancelledException : JobException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="id">The cancelled job.</param>
    public JobCancelledException(JobId id)
        : base(JobErrorCodes.Cancelled, $"Job {id} was cancelled.", id)
    {
    }
}
