namespace Jobs;

/// <summary>Enqueues and finds jobs of one kind that has no input. Generated clients implement it; replace it by a double in tests.</summary>
public interface IJobClient
{
    /// <summary>The job's stored name.</summary>
    string Name { get; }

    /// <summary>Enqueues a job. When the task completes, the job is stored as durably as the storage promises.</summary>
    /// <param name="options">What differs from the job's defaults, for this call.</param>
    /// <param name="cancellationToken">Cancels before the job is handed to the storage; afterwards the outcome is awaited and returned.</param>
    /// <exception cref="JobException">An option is out of range, or the job is disabled. Nothing is stored.</exception>
    ValueTask<JobHandle> EnqueueAsync(EnqueueOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Finds a job of this kind; null when there is none with this id, or it is of another kind.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<JobHandle?> GetAsync(JobId id, CancellationToken cancellationToken = default);
}
