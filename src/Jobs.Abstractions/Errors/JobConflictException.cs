namespace Jobs;

/// <summary>An explicit id belongs to a job of another name.</summary>
public sealed class JobConflictException : JobException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="id">The id.</param>
    /// <param name="jobName">The name with which it was enqueued now.</param>
    /// <param name="existingName">The name that has it.</param>
    public JobConflictException(JobId id, string jobName, string existingName)
        : base(JobErrorCodes.Conflict, $"The id {id} was given for job '{jobName}', but it already belongs to a job '{existingName}'. Choose another id, for example JobId.From(\"{jobName}:…\").", id)
    {
    }

    internal JobConflictException(string message, JobId? id)
        : base(JobErrorCodes.Conflict, message, id)
    {
    }
}
