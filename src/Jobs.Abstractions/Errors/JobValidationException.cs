using System.Text;

namespace Jobs;

/// <summary>An input breaks its rules; <see cref="Errors"/> has all of them. Nothing was stored.</summary>
public sealed class JobValidationException : JobException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="jobName">The job's name.</param>
    /// <param name="errors">What is wrong; at least one.</param>
    /// <param name="innerException">What caused it.</param>
    public JobValidationException(string jobName, IReadOnlyList<JobValidationError> errors, Exception? innerException = null)
        : base(JobErrorCodes.Validation, Describe(jobName, errors), null, innerException) => Errors = errors;

    internal JobValidationException(IReadOnlyList<JobValidationError> errors, string message)
        : base(JobErrorCodes.Validation, message) => Errors = errors;

    /// <summary>What is wrong with the input, each with its member path.</summary>
    public IReadOnlyList<JobValidationError> Errors { get; }

    private static string Describe(string jobName, IReadOnlyList<JobValidationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var text = new StringBuilder($"The input of job '{jobName}' is invalid:");
        foreach (var error in errors)
        {
            text.Append(' ').Append(error.Member.Length == 0 ? "(input)" : error.Member).Append(": ").Append(error.Message);
        }

        return text.ToString();
    }
}
