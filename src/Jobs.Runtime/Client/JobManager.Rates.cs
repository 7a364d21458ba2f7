using Jobs.Fetching;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    public ValueTask<int> ResetQueueRateLimitAsync(string queue, string? concurrencyKey = null, CancellationToken cancellationToken = default)
    {
        ManagingRules.CheckQueue(queue);
        return RefillAsync(SharedLimits.OfQueue(queue), SharedLimits.OfQueueKeys(queue), concurrencyKey, cancellationToken);
    }

    public ValueTask<int> ResetJobRateLimitAsync(string jobName, string? concurrencyKey = null, CancellationToken cancellationToken = default)
    {
        ManagingRules.CheckJobName(jobName);
        var name = runtime.Registry.TryFind(jobName, out var job) ? job.Name : jobName;
        return RefillAsync(SharedLimits.OfJob(name), SharedLimits.OfJobKeys(name), concurrencyKey, cancellationToken);
    }

    private async ValueTask<int> RefillAsync(string limit, string keyLimit, string? key, CancellationToken cancellationToken)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var own = key is null ? await storage.RefillAsync(limit, null, cancellationToken).ConfigureAwait(false) : 0;
        return own + await storage.RefillAsync(keyLimit, key, cancellationToken).ConfigureAwait(false);
    }
}
