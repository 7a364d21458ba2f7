using Jobs.Fetching;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Execution;

/// <content>What attempts ask for, and how they end.</content>
internal sealed partial class JobWorker
{
    void IAttemptHost.Report(in ProgressReport report) => Progress.Report(report);

    void IAttemptHost.Extended(JobExecution execution, TimeSpan by)
    {
        // The attempt's own limit is all that there is.
    }

    ValueTask<TimeSpan?> IAttemptHost.LeaveToOthersAsync(JobExecution execution) => OtherVersions.LeaveAsync(execution);

    ValueTask<IJobStorage> IAttemptHost.OpenForStepsAsync(JobId id, CancellationToken cancellationToken) => Runtime.GetStorageAsync(cancellationToken);

    async ValueTask<IJobStorage> IAttemptHost.OpenForCompletionAsync(JobId id, CancellationToken cancellationToken)
    {
        var storage = await Runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        if (!storage.Capabilities.SupportsTransactions)
        {
            throw new JobException(JobErrorCodes.NotSupported, $"The storage {storage.Capabilities.Name} takes no part in transactions. Use UseSqlite or UsePostgreSql, or return the result in place of calling CompleteAsync.", id);
        }

        // Reports are accepted under the lease, which the completion ends.
        await Progress.FlushAsync(storage, CancellationToken.None).ConfigureAwait(false);
        return storage;
    }

    /// <summary>An attempt has ended; null means that nothing is to be stored about it.</summary>
    public void Finished(JobExecution execution, JobOutcome? outcome)
    {
        Held.FreeSlot(execution);
        if (execution.CommittedOutcome is { } committed)
        {
            Outcomes.Conclude(new FinishedAttempt(execution, committed), OutcomeDisposition.Stored);
            Queue.OnJobsReady();
            return;
        }

        if (outcome is not { } ended)
        {
            Held.Remove(execution);
            Runtime.Waiters.OnJobEnded(execution.JobId);

            // The lease may still be ours after all, for example when only the heartbeats had failed. Nobody runs the job here any
            // more, and our heartbeats would hold it for ever: what we hold without knowing is given back.
            Gate.NeedsReconciliation = true;
            Queue.OnJobsReady();
            return;
        }

        if (OutcomeReporter.IsEnd(ended.Kind) && Runtime.Waiters.Find(execution.JobId) is { } waiter)
        {
            waiter.IsAboutToEnd = true;
        }

        Progress.Hurry(execution.JobId);
        Queue.Add(new FinishedAttempt(execution, ended));
    }

    /// <summary>A handler ignored its cancellation for the whole grace: its slot is freed, and whatever it still does is fenced off.</summary>
    public void Abandoned(JobExecution execution, JobOutcome? outcome)
    {
        JobsLog.HandlerAbandoned(Runtime.Logger, execution.JobId, execution.JobName, execution.Attempt, Plan.Options.AbandonGrace);
        Runtime.Telemetry.Abandoned(1);
        if (Held.CountAbandoned(1))
        {
            JobsLog.TooManyAbandoned(Runtime.Logger);
        }

        Finished(execution, outcome);
    }

    /// <summary>An abandoned handler has ended after all.</summary>
    public void AbandonedHandlerEnded(JobExecution execution)
    {
        JobsLog.AbandonedHandlerEnded(Runtime.Logger, execution.JobId, execution.JobName, execution.Attempt);
        Runtime.Telemetry.Abandoned(-1);
        Held.CountAbandoned(-1);
        Queue.OnJobsReady();
    }
}
