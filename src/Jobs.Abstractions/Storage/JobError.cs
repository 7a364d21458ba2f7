namespace Jobs.Storage;

/// <summary>What went wrong in an attempt, already cut to size.</summary>
/// <param name="Type">The full name of the exception's type; null when there was none.</param>
/// <param name="Message">The message.</param>
/// <param name="StackTrace">The stack trace; null when there was none.</param>
public sealed record JobError(string? Type, string Message, string? StackTrace);
