using Jobs.Hosting;

namespace Jobs.Health;

internal sealed class JobHealthProbe(JobsRuntime runtime, JobWorkers workers) : IJobHealth
{
    public async ValueTask<JobHealth> CheckAsync(CancellationToken cancellationToken = default)
    {
        var worker = workers.Own;
        var own = new JobHealth
        {
            HasWorker = worker.IsRunning,
            AbandonedHandlers = worker.Held.Abandoned,
            IsOverwhelmed = worker.Held.IsOverwhelmed,
        };
        if (!runtime.HasStorage)
        {
            return own;
        }

        try
        {
            var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
            var workers = await storage.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
            var backlog = await storage.GetBacklogAsync(cancellationToken).ConfigureAwait(false);
            return own with
            {
                LiveWorkers = workers.Count,
                IsWorkerAlive = workers.Any(known => known.Id == worker.Id),
                Backlog = backlog.Sum(static queue => queue.Ready),
                OldestDueAge = backlog.Count == 0 ? null : backlog.Max(static queue => queue.OldestDueAge),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return own with { StorageError = exception.Message };
        }
    }
}
