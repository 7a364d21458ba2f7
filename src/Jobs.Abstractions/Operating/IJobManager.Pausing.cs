using Jobs.Storage;

namespace Jobs;

// A pause holds up claims, on all machines at once, and lasts until it is lifted, restarts included. What runs goes on; jobs are
// enqueued, become due and are retried as always, and wait. Resuming wakes the workers. Both may be repeated.
public partial interface IJobManager
{
    /// <summary>Pauses a queue: none of its jobs is started any more, by any worker.</summary>
    /// <param name="queue">The queue; it need not have any job yet.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobException">That is not a queue's name (<see cref="JobErrorCodes.InvalidOption"/>).</exception>
    ValueTask PauseQueueAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Lifts the pause of a queue and wakes the workers.</summary>
    /// <inheritdoc cref="PauseQueueAsync"/>
    ValueTask ResumeQueueAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Pauses a job in all queues, under its aliases too.</summary>
    /// <param name="jobName">A stored name or an alias; it need not be a job of this application.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobException">That is not a job's name (<see cref="JobErrorCodes.InvalidOption"/>).</exception>
    ValueTask PauseJobAsync(string jobName, CancellationToken cancellationToken = default);

    /// <summary>Lifts the pause of a job and wakes the workers.</summary>
    /// <inheritdoc cref="PauseJobAsync"/>
    ValueTask ResumeJobAsync(string jobName, CancellationToken cancellationToken = default);

    /// <summary>Pauses the jobs with a concurrency key (<see cref="EnqueueOptions.ConcurrencyKey"/>): none of them is started any more.</summary>
    /// <param name="concurrencyKey">The key; it need not have any job yet.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask PauseKeyAsync(string concurrencyKey, CancellationToken cancellationToken = default);

    /// <summary>Lifts the pause of a concurrency key and wakes the workers.</summary>
    /// <inheritdoc cref="PauseKeyAsync"/>
    ValueTask ResumeKeyAsync(string concurrencyKey, CancellationToken cancellationToken = default);

    /// <summary>Pauses one worker: it finishes what it runs and starts nothing more. The pause ends with the worker.</summary>
    /// <param name="workerId">The worker (<see cref="WorkerInfo.Id"/>).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when no such worker is alive, or it was paused already.</returns>
    ValueTask<bool> PauseWorkerAsync(string workerId, CancellationToken cancellationToken = default);

    /// <summary>Lifts the pause of a worker.</summary>
    /// <param name="workerId">The worker (<see cref="WorkerInfo.Id"/>).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when it was not paused.</returns>
    ValueTask<bool> ResumeWorkerAsync(string workerId, CancellationToken cancellationToken = default);

    /// <summary>Pauses everything: no worker starts any job.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask PauseAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Lifts the pause of <see cref="PauseAllAsync"/>, not those of queues, jobs and workers.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask ResumeAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Everything that is paused, the oldest first.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<IReadOnlyList<JobPause>> ListPausesAsync(CancellationToken cancellationToken = default);

    /// <summary>The queues, by name: those that have pending or running jobs, those that are paused, and those that jobs of this application go to.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<IReadOnlyList<QueueInfo>> ListQueuesAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts per state, per name and per day, durations and waits, of all records that are kept. It looks at all of them: for dashboards and reports, not for loops.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<JobStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes every record of a queue: pending, ended and, when forced, running ones: their handlers are asked to stop, and can
    /// store nothing any more. The queue is paused meanwhile, and resumed at the end if it was not paused before.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="force">Whether to remove jobs that run.</param>
    /// <param name="cancellationToken">Stops between two batches; what was removed stays so.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="JobException">Jobs of the queue run, and <paramref name="force"/> is false (<see cref="JobErrorCodes.InUse"/>). Nothing was removed.</exception>
    ValueTask<long> ObliterateQueueAsync(string queue, bool force = false, CancellationToken cancellationToken = default);
}
