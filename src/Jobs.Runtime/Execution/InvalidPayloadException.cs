namespace Jobs.Execution;

/// <summary>What is stored is not an input of this job. Trying again cannot help.</summary>
internal sealed class InvalidPayloadException : Exception
{
    private InvalidPayloadException(string message, string logText, Exception? innerException = null)
        : base(message, innerException) => LogText = logText;

    /// <summary>What a log may say. The message, which the job's record keeps, can repeat parts of the payload: the key of a dictionary, or what a constructor says of its argument.</summary>
    public string LogText { get; }

    /// <summary>The payload could not be read.</summary>
    public static InvalidPayloadException Unreadable(string jobName, Exception exception) => new(
        $"The stored payload is not an input of job '{jobName}': {exception.Message}",
        $"The stored payload is not an input of the job ({exception.GetType().Name}); the job's record says why.",
        exception);

    /// <summary>The payload could be read but is not valid.</summary>
    public static InvalidPayloadException BreaksRules(IReadOnlyList<JobValidationError> errors) => new(
        $"The stored payload breaks the input's rules: {string.Join(" ", errors.Select(static error => $"{(error.Member.Length == 0 ? "(input)" : error.Member)}: {error.Message}"))}",
        $"The stored payload breaks the input's rules ({string.Join(", ", errors.Select(static error => error.Rule).Distinct())}); the job's record says where.");
}
