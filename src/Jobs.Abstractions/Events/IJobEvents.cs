namespace Jobs;

/// <summary>
/// What happens to jobs, as it happens. Registered beside <see cref="IJobManager"/>, under the same key where there are several stores.
/// </summary>
/// <remarks>
/// <para>By default events are of this process alone and cost nothing while nobody subscribes. With <see cref="JobEventOptions.IsStored"/>
/// they are written to the storage, where subscribers in all processes find them, and a job's past ones can be read.</para>
/// <para>Events tell; the job's record decides. An event follows the change that it tells of, by the process that made it: one that dies
/// in between leaves it untold, and one about an enqueue in the caller's transaction comes before the commit. A worker that takes a job at
/// once may tell that it is active before the enqueuer tells that it is waiting.</para>
/// </remarks>
public interface IJobEvents
{
    /// <summary>Events from now on, until the token ends it. A subscriber that is 10,000 events behind misses the oldest.</summary>
    /// <param name="filter">Which events; null for all.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    IAsyncEnumerable<JobEvent> SubscribeAsync(JobEventFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>The stored events of a job, oldest first, also when its record is gone. Nothing where events are not stored.</summary>
    /// <param name="id">The job.</param>
    /// <param name="afterSequence">The number of the last event that is known already; 0 for all that are kept.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<JobEvent> ReadAsync(JobId id, long afterSequence = 0, CancellationToken cancellationToken = default);
}
