using Jobs.Hosting;

namespace Jobs.Execution;

/// <summary>Each run has a worker of its own, which other workers see like any other.</summary>
internal sealed class JobRunner(JobsRuntime runtime) : IJobRunner
{
    public async ValueTask<int> RunDueAsync(CancellationToken cancellationToken = default)
    {
        var worker = new JobWorker(runtime, WorkerPlan.Own(runtime.Settings, oneShot: true));
        await using (worker.ConfigureAwait(false))
            return await worker.RunDueAsync(cancellationToken).ConfigureAwait(false);
    }
}
