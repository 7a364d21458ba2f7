using Jobs.Pushing;
using Jobs.Retries;
using Jobs.Storage;

namespace Jobs.Execution;

/// <summary>Which outcome each way to end an attempt has.</summary>
internal static class AttemptOutcomes
{
    public static JobOutcome Of(JobExecution execution, JobOutcomeKind kind) => new() { Id = execution.JobId, Lease = execution.Lease, Kind = kind };

    public static JobOutcome Completed(JobExecution execution, byte[]? result) => new() { Id = execution.JobId, Lease = execution.Lease, Kind = JobOutcomeKind.Completed, Result = result };

    public static JobOutcome TimedOut(JobExecution execution)
    {
        var message = execution.IsStuck
            ? $"The attempt reported no progress for {execution.Record.Policy.ProgressTimeout}."
            : $"The attempt ran longer than its timeout of {execution.Record.Policy.Timeout}.";
        return Retry(execution, FailureReason.Timeout, AttemptErrors.From(message), null, new TimeoutException(message));
    }

    /// <summary>The handler completed the job in a transaction that did not commit.</summary>
    public static JobOutcome NotCommitted(JobExecution execution) =>
        Retry(execution, FailureReason.CompletionNotCommitted, AttemptErrors.From("The handler completed the job in its own transaction, which did not commit."), null);

    /// <summary>The handler, or what comes before it, threw.</summary>
    public static JobOutcome Threw(JobExecution execution, Exception exception, CancelCause cause, bool hadCompleted) => exception switch
    {
        DeliveredEnding { Outcome: { Kind: JobOutcomeKind.Retry } retry } => Retry(execution, retry.Reason, retry.Error ?? AttemptErrors.From("It failed elsewhere."), retry.Delay < TimeSpan.Zero ? null : retry.Delay),
        DeliveredEnding delivered => delivered.Outcome with { Id = execution.JobId, Lease = execution.Lease },
        AttemptEnding { Kind: JobOutcomeKind.Failed } => Failed(execution, FailureReason.NonRetryable, AttemptErrors.From(exception.Message)),
        AttemptEnding { Kind: JobOutcomeKind.Snoozed } ending => Of(execution, JobOutcomeKind.Snoozed) with { Delay = ending.Delay },
        AttemptEnding { Kind: JobOutcomeKind.Waiting } ending => Of(execution, JobOutcomeKind.Waiting) with { Wait = ending.Wait },
        AttemptEnding ending => Retry(execution, FailureReason.HandlerError, AttemptErrors.From(exception.Message), ending.Delay),
        InvalidPayloadException => Failed(execution, FailureReason.InvalidPayload, AttemptErrors.From(exception.Message)),
        _ when cause is CancelCause.Timeout => TimedOut(execution),
        _ when cause is CancelCause.Cancelled => Of(execution, JobOutcomeKind.Cancelled),

        // Whatever it is: drivers report a cancelled command in many ways, and a real error will show itself in the next run.
        _ when cause is CancelCause.Shutdown && !hadCompleted => Of(execution, JobOutcomeKind.Released),
        JobException { Code: JobErrorCodes.ResultTooLarge or JobErrorCodes.WaitTimedOut or JobErrorCodes.UnreadableAnswer } when !hadCompleted => Failed(execution, FailureReason.NonRetryable, AttemptErrors.From(exception)),
        _ when hadCompleted => Retry(execution, FailureReason.CompletionNotCommitted, AttemptErrors.From(exception), null),
        _ => Decided(execution, exception),
    };

    /// <summary>The handler threw, and the application may have its say about that.</summary>
    private static JobOutcome Decided(JobExecution execution, Exception exception)
    {
        var decision = FailureDecision.Make(execution, exception);
        return decision.IsStop
            ? Failed(execution, FailureReason.NonRetryable, AttemptErrors.From(exception))
            : Retry(execution, FailureReason.HandlerError, AttemptErrors.From(exception), decision.Delay, exception);
    }

    private static JobOutcome Failed(JobExecution execution, FailureReason reason, JobError error) => Of(execution, JobOutcomeKind.Failed) with { Reason = reason, Error = error };

    private static JobOutcome Retry(JobExecution execution, FailureReason reason, JobError error, TimeSpan? delay, Exception? exception = null)
    {
        var policy = execution.Record.Policy;
        if (execution.Attempt >= policy.MaxAttempts)
            return Failed(execution, reason, error);

        delay ??= exception is null ? null : CustomBackoff.Delay(execution, exception);
        return Of(execution, JobOutcomeKind.Retry) with { Reason = reason, Error = error, Delay = delay ?? Backoff.Delay(policy, execution.Attempt, Random.Shared.NextDouble()) };
    }
}
