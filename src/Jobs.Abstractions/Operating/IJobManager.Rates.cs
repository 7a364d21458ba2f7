namespace Jobs;

public partial interface IJobManager
{
    /// <summary>
    /// Resets the rate limits of a queue (<see cref="QueueOptions.RateLimit"/>, <see cref="QueueOptions.KeyRateLimit"/>) on all machines: what
    /// they hold back may start at once, up to the limit's burst.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="concurrencyKey">Only the limit of this key; null for the queue's own and those of all keys.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many limits had been used, even in part; 0: none had, or the queue has none.</returns>
    /// <exception cref="JobException">That is not a queue's name (<see cref="JobErrorCodes.InvalidOption"/>).</exception>
    ValueTask<int> ResetQueueRateLimitAsync(string queue, string? concurrencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Resets the rate limits of a job (<see cref="JobOptions.RateLimit"/>, <see cref="JobOptions.KeyRateLimit"/>) on all machines.</summary>
    /// <param name="jobName">A stored name or an alias.</param>
    /// <param name="concurrencyKey">Only the limit of this key; null for the job's own and those of all keys.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many limits had been used, even in part; 0: none had, or the job has none.</returns>
    /// <exception cref="JobException">That is not a job's name (<see cref="JobErrorCodes.InvalidOption"/>).</exception>
    ValueTask<int> ResetJobRateLimitAsync(string jobName, string? concurrencyKey = null, CancellationToken cancellationToken = default);
}
