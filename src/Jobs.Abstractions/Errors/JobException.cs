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

    /// <summary>A stable code for programs, in kebab case; see <see cref="JobErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>The job that it is about; null when there is none yet.</summary>
    public JobId? JobId { get; }
}
