using Jobs.Hosting;
using Jobs.Logs;
using Jobs.Storage;

namespace Jobs.Execution;

/// <summary>Who an attempt runs for: a worker that claimed it, or a caller that pushed it here.</summary>
internal interface IAttemptHost
{
    JobsRuntime Runtime { get; }

    /// <summary>Takes the lines that are kept with jobs.</summary>
    JobLogBuffer Logs { get; }

    void Report(in ProgressReport report);

    /// <summary>The attempt may take longer.</summary>
    void Extended(JobExecution execution, TimeSpan by);

    /// <summary>The storage in which a handler may complete its job, once everything that was reported is stored.</summary>
    /// <exception cref="JobException">There is none.</exception>
    ValueTask<IJobStorage> OpenForCompletionAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>The storage that keeps the job's steps and waits.</summary>
    /// <exception cref="JobException">There is none here.</exception>
    ValueTask<IJobStorage> OpenForStepsAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>For how long to give back a job whose payload cannot be read here; null when nobody else could.</summary>
    ValueTask<TimeSpan?> LeaveToOthersAsync(JobExecution execution);

    /// <summary>An attempt has ended; null means that nothing is to be stored about it.</summary>
    void Finished(JobExecution execution, JobOutcome? outcome);

    /// <summary>A handler ignored its cancellation for the whole grace.</summary>
    void Abandoned(JobExecution execution, JobOutcome? outcome);

    /// <summary>An abandoned handler has ended after all.</summary>
    void AbandonedHandlerEnded(JobExecution execution);
}
