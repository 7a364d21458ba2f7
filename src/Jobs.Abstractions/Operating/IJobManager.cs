using System.Text.Json;

namespace Jobs;

/// <summary>The untyped side, for those who operate jobs. A null or false answer means "no such job" or "not in that state"; nothing is half done.</summary>
public partial interface IJobManager
{
    /// <summary>A job's state now, with its input and result as people may see them (<see cref="RedactedAttribute"/>); null when there is no such job.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<JobSnapshot?> GetAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// As <see cref="GetAsync"/>, with redacted values as they are stored: for the one person who has to see them. Nothing else shows
    /// them. Whoever exposes it decides who may call it, and had better keep a record of it; the HTTP API has a policy for it.
    /// </summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<JobSnapshot?> RevealAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>A page of jobs, newest first.</summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="JobException">The limit, the offset or the cursor is out of range.</exception>
    ValueTask<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken = default);

    /// <summary>How many jobs match.</summary>
    /// <param name="filter">Which jobs; limit, offset and cursor play no part.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<long> CountAsync(JobFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Enqueues a job by its name. The input is read and validated as the typed client would.</summary>
    /// <param name="jobName">A stored name, or an alias.</param>
    /// <param name="input">The input as JSON; for a job without input, an undefined or null element or an empty object.</param>
    /// <param name="options">What differs from the job's defaults.</param>
    /// <param name="cancellationToken">Cancels before the job is handed to the storage.</param>
    /// <exception cref="JobNotFoundException">No job has this name.</exception>
    /// <exception cref="JobValidationException">The JSON is not such an input, or breaks its rules. Nothing is stored.</exception>
    ValueTask<JobHandle> SubmitAsync(string jobName, JsonElement input, EnqueueOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Cancels a job: at once when it waits, through its handler's token when it runs.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such job, or it had already ended.</returns>
    ValueTask<bool> CancelAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>The workers that are alive.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken = default);
}
