namespace Jobs.Http.Client;

/// <summary>How the service fares: its workers and its backlog, as far as this application may look at them.</summary>
internal sealed class HttpJobHealth(HttpJobManager manager) : IJobHealth
{
    public async ValueTask<JobHealth> CheckAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var workers = await manager.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
            var queues = await manager.ListQueuesAsync(cancellationToken).ConfigureAwait(false);
            return new JobHealth
            {
                LiveWorkers = workers.Count,
                Backlog = queues.Sum(static queue => queue.Pending),
                OldestDueAge = queues.Max(static queue => queue.OldestDueAge),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new JobHealth { StorageError = exception.Message };
        }
    }
}
