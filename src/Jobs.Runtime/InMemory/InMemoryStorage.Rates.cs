namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    public ValueTask<int> RefillAsync(string limitId, string? key, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);

        int refilled;
        lock (_gate)
        {
            refilled = _buckets.Refill(limitId, key, Now());
            WakeSuspended(long.MaxValue);
        }

        if (refilled > 0)
            _signals.JobsReady();

        return ValueTask.FromResult(refilled);
    }
}
