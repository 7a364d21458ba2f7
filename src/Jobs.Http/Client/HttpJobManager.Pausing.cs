using Jobs.Http.Wire;
using Jobs.Storage;

namespace Jobs.Http.Client;

internal sealed partial class HttpJobManager
{
    public async ValueTask PauseQueueAsync(string queue, CancellationToken cancellationToken = default) => await SetPausedAsync(PauseScope.Queue, queue, true, cancellationToken).ConfigureAwait(false);

    public async ValueTask ResumeQueueAsync(string queue, CancellationToken cancellationToken = default) => await SetPausedAsync(PauseScope.Queue, queue, false, cancellationToken).ConfigureAwait(false);

    public async ValueTask PauseJobAsync(string jobName, CancellationToken cancellationToken = default) => await SetPausedAsync(PauseScope.Job, jobName, true, cancellationToken).ConfigureAwait(false);

    public async ValueTask ResumeJobAsync(string jobName, CancellationToken cancellationToken = default) => await SetPausedAsync(PauseScope.Job, jobName, false, cancellationToken).ConfigureAwait(false);

    public async ValueTask PauseKeyAsync(string concurrencyKey, CancellationToken cancellationToken = default) => await SetPausedAsync(PauseScope.ConcurrencyKey, concurrencyKey, true, cancellationToken).ConfigureAwait(false);

    public async ValueTask ResumeKeyAsync(string concurrencyKey, CancellationToken cancellationToken = default) => await SetPausedAsync(PauseScope.ConcurrencyKey, concurrencyKey, false, cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> PauseWorkerAsync(string workerId, CancellationToken cancellationToken = default) => SetPausedAsync(PauseScope.Worker, workerId, true, cancellationToken);

    public ValueTask<bool> ResumeWorkerAsync(string workerId, CancellationToken cancellationToken = default) => SetPausedAsync(PauseScope.Worker, workerId, false, cancellationToken);

    public async ValueTask PauseAllAsync(CancellationToken cancellationToken = default) => await SetPausedAsync("pauses", true, cancellationToken).ConfigureAwait(false);

    public async ValueTask ResumeAllAsync(CancellationToken cancellationToken = default) => await SetPausedAsync("pauses", false, cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> ResetQueueRateLimitAsync(string queue, string? concurrencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        return (int)await CountedAsync(new ApiCall(HttpMethod.Post, new ApiPath($"queues/{ApiPath.Escape(queue)}/reset-rate-limit").With("key", concurrencyKey).ToString()), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> ResetJobRateLimitAsync(string jobName, string? concurrencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobName);
        return (int)await CountedAsync(new ApiCall(HttpMethod.Post, new ApiPath($"registry/{ApiPath.Escape(jobName)}/reset-rate-limit").With("key", concurrencyKey).ToString()), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<JobPause>> ListPausesAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync(new ApiPath("pauses"), cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.PauseList).Pauses;

    public async ValueTask<IReadOnlyList<QueueInfo>> ListQueuesAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync(new ApiPath("queues"), cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.QueueList).Queues;

    public async ValueTask<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync(new ApiPath("workers"), cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.WorkerList).Workers;

    public async ValueTask<JobStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync(new ApiPath("statistics"), cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.JobStatistics);

    private ValueTask<bool> SetPausedAsync(PauseScope scope, string key, bool isPaused, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return SetPausedAsync($"pauses/{scope}/{ApiPath.Escape(key)}", isPaused, cancellationToken);
    }

    private async ValueTask<bool> SetPausedAsync(string path, bool isPaused, CancellationToken cancellationToken)
    {
        var call = new ApiCall(isPaused ? HttpMethod.Put : HttpMethod.Delete, path) { Tolerates = _notSo };
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null || answer.WasRepeated;
    }
}
