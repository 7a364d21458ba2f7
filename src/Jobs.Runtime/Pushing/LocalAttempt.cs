using Jobs.Execution;
using Jobs.Hosting;
using Jobs.Logs;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Pushing;

/// <summary>One attempt that runs here and is held elsewhere: what it tells goes to the observer, how it ends to whoever waits.</summary>
internal sealed class LocalAttempt : IAttemptHost
{
    private readonly TaskCompletionSource<JobOutcome?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IAttemptObserver _observer;

    public LocalAttempt(JobsRuntime runtime, IAttemptObserver observer)
    {
        Runtime = runtime;
        _observer = observer;
        Logs = new JobLogBuffer(runtime.Time, runtime.Settings.Logs);
        Logs.Filled = OnLines;
    }

    public JobsRuntime Runtime { get; }

    public JobLogBuffer Logs { get; }

    /// <summary>How it ended; null when the handler had given it up.</summary>
    public Task<JobOutcome?> Outcome => _outcome.Task;

    public void Report(in ProgressReport report) => _observer.OnProgress(report);

    public void Extended(JobExecution execution, TimeSpan by) => _observer.OnExtended(by);

    public ValueTask<IJobStorage> OpenForCompletionAsync(JobId id, CancellationToken cancellationToken) =>
        throw new JobException(JobErrorCodes.NotSupported, "The job was pushed to this process and is held by another one, so its handler cannot complete it in a transaction. Return the result in place of calling CompleteAsync, and make the handler's effects idempotent by the job's id.", id);

    public ValueTask<IJobStorage> OpenForStepsAsync(JobId id, CancellationToken cancellationToken) =>
        throw new JobException(JobErrorCodes.NotSupported, "The job was pushed to this process and is held by another one, so its handler has no steps and waits here. Run it in a worker, or split it into several jobs.", id);

    public ValueTask<TimeSpan?> LeaveToOthersAsync(JobExecution execution) => default;

    public void Finished(JobExecution execution, JobOutcome? outcome)
    {
        OnLines();
        _outcome.TrySetResult(outcome);
    }

    public void Abandoned(JobExecution execution, JobOutcome? outcome)
    {
        JobsLog.HandlerAbandoned(Runtime.Logger, execution.JobId, execution.JobName, execution.Attempt, Runtime.Settings.Worker.AbandonGrace);
        Runtime.Telemetry.Abandoned(1);
        Finished(execution, outcome);
    }

    public void AbandonedHandlerEnded(JobExecution execution)
    {
        JobsLog.AbandonedHandlerEnded(Runtime.Logger, execution.JobId, execution.JobName, execution.Attempt);
        Runtime.Telemetry.Abandoned(-1);
    }

    private void OnLines()
    {
        foreach (var line in Logs.Take().Lines)
        {
            _observer.OnLog(line);
        }
    }
}
