using Jobs.Maintenance;
using Jobs.Storage;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    public ValueTask<MaintenanceReport> MaintainAsync(CancellationToken cancellationToken = default) => MaintenanceRounds.RunAsync(runtime, workerId: null, cancellationToken);
}
