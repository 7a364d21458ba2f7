using System.Text.Json;

namespace Jobs;

public partial interface IJobManager
{
    /// <summary>Enqueues many jobs of one name, all or none; the answer is in their order.</summary>
    /// <param name="jobName">A stored name, or an alias.</param>
    /// <param name="inputs">The inputs as JSON, each with what differs from the job's defaults.</param>
    /// <param name="cancellationToken">Cancels before the jobs are handed to the storage.</param>
    /// <exception cref="JobNotFoundException">No job has this name.</exception>
    /// <exception cref="JobValidationException">An input breaks its rules; members are prefixed with the input's index, such as <c>[2].To</c>. Nothing is stored.</exception>
    ValueTask<IReadOnlyList<JobHandle>> SubmitManyAsync(string jobName, IEnumerable<(JsonElement Input, EnqueueOptions? Options)> inputs, CancellationToken cancellationToken = default);

    /// <summary>Waits until a job has ended, however it ended, on whichever machine it runs.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellationToken">Stops waiting; the job goes on.</param>
    /// <returns>The job as it ended, with its result.</returns>
    /// <exception cref="JobNotFoundException">The record is gone, by retention or removal, or never was there.</exception>
    Task<JobSnapshot> WaitAsync(JobId id, CancellationToken cancellationToken = default);
}
