namespace Jobs;

/// <summary>One run of a job, as the history keeps it.</summary>
/// <param name="Number">The attempt's number, from 1. A run that was not counted (snoozed, given back, lost with its worker) shares its number with the next one.</param>
/// <param name="StartedAt">When a worker claimed it, by the storage's clock.</param>
/// <param name="EndedAt">When its outcome was stored; null while it runs.</param>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="ErrorMessage">The exception's message, or the reason given; at most 4,000 characters.</param>
/// <param name="StackTrace">The exception's stack trace; at most 8,000 characters.</param>
/// <param name="Worker">The id of the worker that ran it.</param>
/// <param name="Reason">Why it failed; <see cref="FailureReason.None"/> when it did not.</param>
public sealed record JobAttempt(int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? ErrorType, string? ErrorMessage, string? StackTrace, string Worker, FailureReason Reason);
