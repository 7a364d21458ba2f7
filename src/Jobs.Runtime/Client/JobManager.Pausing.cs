using Jobs.Storage;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    public async ValueTask PauseQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        await SetQueuePausedAsync(queue, true, cancellationToken).ConfigureAwait(false);

    public async ValueTask ResumeQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        await SetQueuePausedAsync(queue, false, cancellationToken).ConfigureAwait(false);

    public ValueTask PauseJobAsync(string jobName, CancellationToken cancellationToken = default) => SetJobPausedAsync(jobName, true, cancellationToken);

    public ValueTask ResumeJobAsync(string jobName, CancellationToken cancellationToken = default) => SetJobPausedAsync(jobName, false, cancellationToken);

    public ValueTask<bool> PauseWorkerAsync(string workerId, CancellationToken cancellationToken = default) => SetWorkerPausedAsync(workerId, true, cancellationToken);

    public ValueTask<bool> ResumeWorkerAsync(string workerId, CancellationToken cancellationToken = default) => SetWorkerPausedAsync(workerId, false, cancellationToken);

    public ValueTask PauseKeyAsync(string concurrencyKey, CancellationToken cancellationToken = default) => SetKeyPausedAsync(concurrencyKey, true, cancellationToken);

    public ValueTask ResumeKeyAsync(string concurrencyKey, CancellationToken cancellationToken = default) => SetKeyPausedAsync(concurrencyKey, false, cancellationToken);

    public async ValueTask PauseAllAsync(CancellationToken cancellationToken = default) =>
        await SetPausedAsync(PauseScope.Everything, string.Empty, true, cancellationToken).ConfigureAwait(false);

    public async ValueTask ResumeAllAsync(CancellationToken cancellationToken = default) =>
        await SetPausedAsync(PauseScope.Everything, string.Empty, false, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<JobPause>> ListPausesAsync(CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        return await storage.ListPausesAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<QueueInfo>> ListQueuesAsync(CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var queues = (await storage.ListQueuesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(static queue => queue.Name, StringComparer.Ordinal);
        foreach (var job in runtime.Registry.Registered)
        {
            queues.TryAdd(job.Queue, new QueueInfo(job.Queue, false, 0, 0, null));
        }

        return [.. queues.Values.OrderBy(static queue => queue.Name, StringComparer.Ordinal)];
    }

    public async ValueTask<JobStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        return await storage.GetStatisticsAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> ObliterateQueueAsync(string queue, bool force = false, CancellationToken cancellationToken = default)
    {
        var wasResumed = await SetQueuePausedAsync(queue, true, cancellationToken).ConfigureAwait(false);
        try
        {
            // Claims that began before the pause are over when what they took is counted, or what they took is not removed.
            var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
            var running = force ? 0 : await storage.CountAsync(new JobFilter { Queue = queue, Status = JobStatus.Running }, cancellationToken).ConfigureAwait(false);
            if (running > 0)
            {
                throw new JobException(JobErrorCodes.InUse, $"{running} jobs of queue '{queue}' run. Wait for them, cancel them, or force it. Nothing was removed.");
            }

            if (force)
            {
                // So that the handlers hear of it; what they store afterwards is refused, whether they do or not.
                await ChangeManyAsync(JobAction.Cancel, new JobFilter { Queue = queue, Status = JobStatus.Running }, null, cancellationToken).ConfigureAwait(false);
            }

            return await ChangeManyAsync(force ? JobAction.Obliterate : JobAction.Delete, new JobFilter { Queue = queue }, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (wasResumed)
            {
                await SetQueuePausedAsync(queue, false, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private ValueTask<bool> SetQueuePausedAsync(string queue, bool isPaused, CancellationToken cancellationToken)
    {
        ManagingRules.CheckQueue(queue);
        return SetPausedAsync(PauseScope.Queue, queue, isPaused, cancellationToken);
    }

    private async ValueTask SetJobPausedAsync(string jobName, bool isPaused, CancellationToken cancellationToken)
    {
        ManagingRules.CheckJobName(jobName);
        IReadOnlyList<string> names = runtime.Registry.TryFind(jobName, out var job) ? [job.Name, .. job.Descriptor.Aliases] : [jobName];
        foreach (var name in names)
        {
            await SetPausedAsync(PauseScope.Job, name, isPaused, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SetKeyPausedAsync(string concurrencyKey, bool isPaused, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(concurrencyKey);
        await SetPausedAsync(PauseScope.ConcurrencyKey, concurrencyKey, isPaused, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<bool> SetWorkerPausedAsync(string workerId, bool isPaused, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(workerId);
        return SetPausedAsync(PauseScope.Worker, workerId, isPaused, cancellationToken);
    }

    private async ValueTask<bool> SetPausedAsync(PauseScope scope, string key, bool isPaused, CancellationToken cancellationToken)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        if (!await storage.SetPausedAsync(scope, key, isPaused, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (runtime.Events.IsActive)
        {
            runtime.Events.Publish(new JobEvent
            {
                Kind = isPaused ? JobEventKind.Paused : JobEventKind.Resumed,
                Queue = scope is PauseScope.Queue ? key : null,
                JobName = scope is PauseScope.Job ? key : null,
                Message = scope is PauseScope.Queue or PauseScope.Job ? null : $"{scope} {key}".TrimEnd(),
            });
        }

        return true;
    }
}
