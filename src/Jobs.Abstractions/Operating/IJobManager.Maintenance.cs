using Jobs.Storage;

namespace Jobs;

public partial interface IJobManager
{
    /// <summary>
    /// Does once what every worker does now and then: gives back the jobs of dead workers, fails those that stalled or that nobody
    /// knows, removes old records. Any process may call it at any time.
    /// </summary>
    /// <param name="cancellationToken">Cancels between two rounds.</param>
    /// <returns>What this call did.</returns>
    ValueTask<MaintenanceReport> MaintainAsync(CancellationToken cancellationToken = default);
}
