using Microsoft.Extensions.Logging;

namespace Jobs.Telemetry;

/// <summary>Every message that the runtime logs. Payloads, results and connection strings are in none of them.</summary>
internal static partial class JobsLog
{
    [LoggerMessage(1, LogLevel.Warning, "No storage is configured: jobs are kept in memory and lost when the process ends. Call UseSqlite, UsePostgreSql or, if this is what you want, UseInMemory.")]
    public static partial void NoStorageConfigured(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Worker {WorkerId} takes jobs: {Jobs} jobs known, {Concurrency} at a time, from {Storage}.")]
    public static partial void WorkerStarted(ILogger logger, string workerId, int jobs, int concurrency, string storage);

    [LoggerMessage(3, LogLevel.Information, "Worker {WorkerId} stops: {Running} jobs are running, they have {Grace} to finish.")]
    public static partial void WorkerDraining(ILogger logger, string workerId, int running, TimeSpan grace);

    [LoggerMessage(4, LogLevel.Information, "Worker {WorkerId} has stopped.")]
    public static partial void WorkerStopped(ILogger logger, string workerId);

    [LoggerMessage(5, LogLevel.Warning, "{Running} jobs did not finish in time and are cancelled and given back.")]
    public static partial void DrainTimedOut(ILogger logger, int running);

    [LoggerMessage(10, LogLevel.Warning, "Job {JobId} ({JobName}) failed in attempt {Attempt} of {MaxAttempts} ({Reason}) and is retried in {Delay}.")]
    public static partial void AttemptFailed(ILogger logger, JobId jobId, string jobName, int attempt, int maxAttempts, FailureReason reason, TimeSpan delay, Exception? exception);

    [LoggerMessage(11, LogLevel.Error, "Job {JobId} ({JobName}) failed for good in attempt {Attempt} of {MaxAttempts} ({Reason}): {Error}")]
    public static partial void JobFailed(ILogger logger, JobId jobId, string jobName, int attempt, int maxAttempts, FailureReason reason, string error, Exception? exception);

    [LoggerMessage(12, LogLevel.Information, "Job {JobId} ({JobName}) was cancelled in attempt {Attempt}.")]
    public static partial void JobCancelled(ILogger logger, JobId jobId, string jobName, int attempt);

    [LoggerMessage(13, LogLevel.Warning, "Job {JobId} ({JobName}), attempt {Attempt}: its outcome was refused, because the job had been taken over or had ended. What this attempt did may be done again.")]
    public static partial void OutcomeRejected(ILogger logger, JobId jobId, string jobName, int attempt);

    [LoggerMessage(14, LogLevel.Error, "Job {JobId} ({JobName}), attempt {Attempt}, ignored its cancellation for {Grace}; its slot is freed and the attempt fenced off, but the handler still runs. Pass the CancellationToken on.")]
    public static partial void HandlerAbandoned(ILogger logger, JobId jobId, string jobName, int attempt, TimeSpan grace);

    [LoggerMessage(15, LogLevel.Warning, "Job {JobId} ({JobName}), attempt {Attempt}: the abandoned handler has ended after all.")]
    public static partial void AbandonedHandlerEnded(ILogger logger, JobId jobId, string jobName, int attempt);

    [LoggerMessage(16, LogLevel.Error, "This worker has as many abandoned handlers as slots and takes no more jobs. Restart the process, and let handlers observe their CancellationToken.")]
    public static partial void TooManyAbandoned(ILogger logger);

    [LoggerMessage(17, LogLevel.Debug, "Job {JobId} ({JobName}) completed in attempt {Attempt}.")]
    public static partial void JobCompleted(ILogger logger, JobId jobId, string jobName, int attempt);

    [LoggerMessage(18, LogLevel.Warning, "Job {JobId} ({JobName}), attempt {Attempt}: the answer about its outcome was lost, and it was sent again and refused: either it was stored the first time, or the job had been taken over.")]
    public static partial void OutcomeUncertain(ILogger logger, JobId jobId, string jobName, int attempt);

    [LoggerMessage(19, LogLevel.Error, "The storage gave this worker job {JobId} ({JobName}), which it did not ask for and cannot run; it is given back for a minute.")]
    public static partial void UnknownJobClaimed(ILogger logger, JobId jobId, string jobName);

    [LoggerMessage(20, LogLevel.Error, "The storage could not be asked for jobs; it is tried again in {Delay}.")]
    public static partial void ExchangeFailed(ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(21, LogLevel.Warning, "The heartbeat failed; it is tried again. The lease holds for {Remaining}.")]
    public static partial void HeartbeatFailed(ILogger logger, TimeSpan remaining, Exception exception);

    [LoggerMessage(22, LogLevel.Error, "The lease could not be renewed in time: running handlers are cancelled and their outcomes dropped, because others may have taken the jobs over.")]
    public static partial void LeaseExpired(ILogger logger);

    [LoggerMessage(23, LogLevel.Warning, "This worker had been declared dead (it was frozen or cut off); running handlers are cancelled, because others may have taken the jobs over.")]
    public static partial void DeclaredDead(ILogger logger);

    [LoggerMessage(24, LogLevel.Warning, "Looking for cancelled jobs failed; it is tried again.")]
    public static partial void CancelPollFailed(ILogger logger, Exception exception);

    [LoggerMessage(25, LogLevel.Warning, "Looking for ended jobs failed; it is tried again.")]
    public static partial void WaiterPollFailed(ILogger logger, Exception exception);

    [LoggerMessage(26, LogLevel.Warning, "Maintenance failed; it is tried again.")]
    public static partial void MaintenanceFailed(ILogger logger, Exception exception);

    [LoggerMessage(27, LogLevel.Warning, "Maintenance gave back {TakenOver} jobs of dead workers; {Stalled} jobs stalled for good, {Orphaned} have no handler.")]
    public static partial void MaintenanceRescued(ILogger logger, int takenOver, int stalled, int orphaned);

    [LoggerMessage(28, LogLevel.Debug, "Maintenance removed {Removed} old records.")]
    public static partial void MaintenanceRemoved(ILogger logger, int removed);

    [LoggerMessage(29, LogLevel.Warning, "Storing progress failed; the next report tries again.")]
    public static partial void ProgressFailed(ILogger logger, Exception exception);

    [LoggerMessage(30, LogLevel.Warning, "Taking this worker off the list failed; its jobs are given back when its lease has expired.")]
    public static partial void RetireFailed(ILogger logger, Exception exception);

    [LoggerMessage(33, LogLevel.Warning, "{Lines} log lines of handlers were not kept with their jobs: they came faster than the storage takes them.")]
    public static partial void LinesLost(ILogger logger, int lines);

    [LoggerMessage(35, LogLevel.Warning, "{Events} events were not stored: they came faster than the storage takes them, or it was away at the end.")]
    public static partial void EventsLost(ILogger logger, int events);

    [LoggerMessage(36, LogLevel.Warning, "Storing events failed; it is tried again.")]
    public static partial void EventsFailed(ILogger logger, Exception exception);

    [LoggerMessage(34, LogLevel.Error, "A callback of OnFailure threw when it was asked about job {JobId} ({JobName}); it is passed over.")]
    public static partial void FailureCallbackFailed(ILogger logger, JobId jobId, string jobName, Exception exception);

    [LoggerMessage(70, LogLevel.Error, "JobOptions.Backoff of job {JobId} ({JobName}) threw; the job's policy decides when it is retried.")]
    public static partial void BackoffFailed(ILogger logger, JobId jobId, string jobName, Exception exception);

    [LoggerMessage(32, LogLevel.Warning, "A callback on the cancellation token of job {JobId} ({JobName}) threw.")]
    public static partial void CancellationCallbackFailed(ILogger logger, JobId jobId, string jobName, Exception exception);

    [LoggerMessage(31, LogLevel.Error, "Disposing the services of job {JobId} ({JobName}) failed; the attempt's outcome stands.")]
    public static partial void ScopeDisposalFailed(ILogger logger, JobId jobId, string jobName, Exception exception);

    [LoggerMessage(51, LogLevel.Warning, "{Unreadable} of {Sampled} queued jobs '{JobName}' that were looked at cannot be read by this version of the code, and will fail as InvalidPayload if it runs them. One of them is {JobId}.")]
    public static partial void UnreadableJobs(ILogger logger, int unreadable, int sampled, string jobName, JobId jobId);

    [LoggerMessage(55, LogLevel.Debug, "Job {JobId} ({JobName}) cannot be read by this version of the code: {Problem}")]
    public static partial void UnreadableJob(ILogger logger, JobId jobId, string jobName, string problem);

    [LoggerMessage(52, LogLevel.Warning, "Looking at the queued jobs at the start failed; the worker runs all the same.")]
    public static partial void QueueCheckFailed(ILogger logger, Exception exception);

    [LoggerMessage(53, LogLevel.Information, "Job {JobId} ({JobName}) cannot be read by this version of the code; it is left to a worker of another version.")]
    public static partial void LeftToAnotherVersion(ILogger logger, JobId jobId, string jobName);

    [LoggerMessage(54, LogLevel.Warning, "Job {JobId} ({JobName}) cannot be read by this version of the code, and whether there are workers of another version could not be told; it is given back.")]
    public static partial void VersionsUnknown(ILogger logger, JobId jobId, string jobName, Exception exception);
}
