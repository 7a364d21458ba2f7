using Jobs.Fetching;
using Jobs.Hosting;
using Jobs.Notifications;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Execution;

/// <summary>What follows once the storage has answered for outcomes: waiters and subscribers are told, the jobs are let go of, and the log says how they ended.</summary>
internal sealed class OutcomeReporter(JobsRuntime runtime, HeldJobs held)
{
    public static bool IsEnd(JobOutcomeKind kind) => kind is JobOutcomeKind.Completed or JobOutcomeKind.Failed or JobOutcomeKind.Cancelled;

    /// <summary>The storage has answered for an outcome.</summary>
    public void Conclude(in FinishedAttempt finished, OutcomeDisposition disposition)
    {
        Tell(finished, disposition);
        held.Remove(finished.Execution);
        OutcomeLog.Write(runtime.Logger, finished, disposition);
    }

    /// <summary>The storage has answered for outcomes.</summary>
    /// <param name="finished">The outcomes.</param>
    /// <param name="dispositions">The answers, in the same order; what there is beyond is not about them.</param>
    public void Conclude(List<FinishedAttempt> finished, List<OutcomeDisposition> dispositions)
    {
        for (var i = 0; i < finished.Count; i++)
        {
            Tell(finished[i], dispositions[i]);
        }

        held.Remove(finished);
        for (var i = 0; i < finished.Count; i++)
        {
            OutcomeLog.Write(runtime.Logger, finished[i], dispositions[i]);
        }
    }

    /// <summary>Tells waiters and subscribers, before the job is let go of: as long as it is held here, waiters wait for this rather than take a missing record for an answer.</summary>
    private void Tell(in FinishedAttempt finished, OutcomeDisposition disposition)
    {
        var (execution, outcome, isResent) = finished;
        if (runtime.Waiters.Find(execution.JobId) is { } waiter)
        {
            var kind = disposition is OutcomeDisposition.Cancelled ? JobOutcomeKind.Cancelled : outcome.Kind;
            var isStored = disposition is not OutcomeDisposition.Rejected;
            var end = IsEnd(kind) && (isStored || isResent) ? Describe(execution, outcome, kind) : null;

            // A completion is told with its result. After any other end the waiter reads the record, which has the whole history.
            waiter.Conclude(end, isStored && kind is JobOutcomeKind.Completed);
        }

        if (runtime.Events.IsActive && disposition is not OutcomeDisposition.Rejected)
        {
            runtime.Events.Ended(execution, outcome, disposition is OutcomeDisposition.Cancelled ? JobOutcomeKind.Cancelled : outcome.Kind);
        }
    }

    /// <summary>What a waiter needs to know of an end that this process saw itself.</summary>
    private static JobEnd Describe(JobExecution execution, in JobOutcome outcome, JobOutcomeKind kind) => new(
        new JobSnapshot
        {
            Id = execution.JobId,
            Name = execution.JobName,
            Queue = execution.Queue,
            Status = kind switch { JobOutcomeKind.Completed => JobStatus.Completed, JobOutcomeKind.Failed => JobStatus.Failed, _ => JobStatus.Cancelled },
            Attempt = execution.Attempt,
            MaxAttempts = execution.MaxAttempts,
            CreatedAt = execution.CreatedAt,
            StartedAt = execution.ClaimedAt,
            Tags = execution.Tags,
            Metadata = execution.Metadata,
            Error = outcome.Error?.Message,
            FailureReason = outcome.Reason,
        },
        outcome.Result);
}
