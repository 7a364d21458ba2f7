using Jobs.Execution;
using Jobs.Fetching;
using Jobs.Storage;
using Microsoft.Extensions.Logging;

namespace Jobs.Telemetry;

/// <summary>Logs what became of an attempt, once the storage has answered: what the log says is what happened.</summary>
internal static class OutcomeLog
{
    public static void Write(ILogger logger, in FinishedAttempt finished, OutcomeDisposition disposition)
    {
        var (execution, outcome, isResent) = finished;
        switch (disposition, outcome.Kind)
        {
            case (OutcomeDisposition.Rejected, _) when isResent:
                JobsLog.OutcomeUncertain(logger, execution.JobId, execution.JobName, execution.Attempt);
                break;
            case (OutcomeDisposition.Rejected, _):
                JobsLog.OutcomeRejected(logger, execution.JobId, execution.JobName, execution.Attempt);
                break;
            case (OutcomeDisposition.Cancelled, _) or (_, JobOutcomeKind.Cancelled):
                JobsLog.JobCancelled(logger, execution.JobId, execution.JobName, execution.Attempt);
                break;
            case (_, JobOutcomeKind.Retry):
                JobsLog.AttemptFailed(logger, execution.JobId, execution.JobName, execution.Attempt, execution.MaxAttempts, outcome.Reason, outcome.Delay, execution.Failure);
                break;
            case (_, JobOutcomeKind.Failed) when outcome.Reason is FailureReason.InvalidPayload:
                // The error of the record can repeat parts of the payload.
                JobsLog.JobFailed(logger, execution.JobId, execution.JobName, execution.Attempt, execution.MaxAttempts, outcome.Reason, (execution.Failure as InvalidPayloadException)?.LogText ?? "The job's record says why.", null);
                break;
            case (_, JobOutcomeKind.Failed):
                JobsLog.JobFailed(logger, execution.JobId, execution.JobName, execution.Attempt, execution.MaxAttempts, outcome.Reason, outcome.Error?.Message ?? string.Empty, execution.Failure);
                break;
            case (_, JobOutcomeKind.Completed):
                JobsLog.JobCompleted(logger, execution.JobId, execution.JobName, execution.Attempt);
                break;
            default:
                break;
        }
    }
}
