namespace Jobs;

/// <summary>Something about a job was refused or went wrong; the message says what to do next.</summary>
public class JobException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">A stable code, in kebab case.</param>
    /// <param name="message">What is wrong and what to do next.</param>
    /// <param name="jobId">The job that it is about.</param>
    /// <param name="innerException">What caused it.</param>
    public JobException(string code, string message, JobId? jobId = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Code = code;
        JobId = jobId;
    }

    /// <summary>Makes the exception that another process threw from what it told of it.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="message">Its message.</param>
    /// <param name="jobId">The job that it is about.</param>
    /// <param name="errors">What is wrong with an input.</param>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public static JobException Restore(string code, string message, JobId? jobId, IReadOnlyList<JobValidationError>? errors) => code switch
    {
        JobErrorCodes.Validation => new JobValidationException(errors ?? [], message),
        JobErrorCodes.NotFound or JobErrorCodes.UnknownName => new JobNotFoundException(code, message, jobId),
        JobErrorCodes.Conflict => new JobConflictException(message, jobId),
        _ => new JobException(code, message, jobId),
    };

    /// <summary>A stable code for programs, in kebab case; see <see cref="JobErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>The job that it is about; null when there is none yet.</summary>
    public JobId? JobId { get; }
}
