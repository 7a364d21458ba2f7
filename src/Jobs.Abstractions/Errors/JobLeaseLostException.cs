namespace Jobs;

/// <summary>This attempt no longer holds its job: the worker stalled past its lease and another one took over, or the job already ended.</summary>
public sealed class JobLeaseLostException : JobException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="id">The job.</param>
    public JobLeaseLostException(JobId id)
        : base(JobErrorCodes.LeaseLost, $"This attempt no longer holds job {id}: another worker took it over, or it has ended. Roll back and return; nothing that this attempt writes is kept.", id)
    {
    }
}
