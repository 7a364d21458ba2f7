namespace Jobs.Execution;

/// <summary>What is stored is not an input of this job. Trying again cannot help.</summary>
internal sealed class InvalidPayloadException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The message for an input that could be read but is not valid.</summary>
    public static string Describe(IReadOnlyList<JobValidationError> errors) =>
        $"The stored payload breaks the input's rules: {string.Join(" ", errors.Select(static error => $"{(error.Member.Length == 0 ? "(input)" : error.Member)}: {error.Message}"))}";
}
