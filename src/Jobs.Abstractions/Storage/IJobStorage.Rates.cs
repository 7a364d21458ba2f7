namespace Jobs.Storage;

public partial interface IJobStorage
{
    /// <summary>Fills the token buckets of a shared limit (<see cref="SharedLimit.Rate"/>): what it held back may start, as after a quiet time.</summary>
    /// <param name="limitId">The limit's <see cref="SharedLimit.Id"/>.</param>
    /// <param name="key">Only the bucket of this concurrency key; null for the limit's own bucket and those of all keys.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many buckets were not full.</returns>
    ValueTask<int> RefillAsync(string limitId, string? key, CancellationToken cancellationToken);
}
