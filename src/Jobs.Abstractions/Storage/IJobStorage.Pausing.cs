namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>
    /// Pauses or resumes. Claims that begin after this has returned, on whichever machine, respect it; what is held goes on. It
    /// lasts until it is resumed, restarts included; that of a worker goes with the worker.
    /// </summary>
    /// <param name="scope">What the key names.</param>
    /// <param name="key">The queue, the job's name, the worker's id or the concurrency key; empty for everything.</param>
    /// <param name="isPaused">True pauses, false resumes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when nothing was changed: it was so already, or there is no such worker.</returns>
    ValueTask<bool> SetPausedAsync(PauseScope scope, string key, bool isPaused, CancellationToken cancellationToken);

    /// <summary>What is paused.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<IReadOnlyList<JobPause>> ListPausesAsync(CancellationToken cancellationToken);

    /// <summary>The queues that have jobs that have not ended, or are paused, by name.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<IReadOnlyList<QueueInfo>> ListQueuesAsync(CancellationToken cancellationToken);

    /// <summary>Counts and durations of all records. Costs a look at each of them, or at each group that the storage keeps together.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<JobStatistics> GetStatisticsAsync(CancellationToken cancellationToken);
}
