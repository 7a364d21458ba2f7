namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>
    /// Appends events to the log, numbered on, and removes some that have been there for longer than they are kept. Whoever has read up to
    /// a number misses nothing with a lower one, also while several processes append.
    /// </summary>
    /// <param name="events">The events; their numbers play no part.</param>
    /// <param name="retention">How long events are kept, by the storage's clock.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask AppendEventsAsync(IReadOnlyList<JobEvent> events, TimeSpan retention, CancellationToken cancellationToken);

    /// <summary>Events in their order.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<JobEvent>> ReadEventsAsync(JobEventQuery query, CancellationToken cancellationToken);

    /// <summary>The number of the last event; 0 when there never was one.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<long> GetLastEventAsync(CancellationToken cancellationToken);
}
