namespace Jobs.Execution;

/// <summary>What is stored is not an input of this job. Trying again cannot help.</summary>
internal sealed class InvalidPayloadException(string message, Exception? innerException = null) : Exception(message, innerException);
