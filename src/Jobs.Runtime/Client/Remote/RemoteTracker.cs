using Jobs.Registry;

namespace Jobs.Client.Remote;

/// <summary>Reads the results of jobs that another process has.</summary>
internal sealed class RemoteTracker<TInput, TResult>(RemoteJobs remote, RegisteredJob<TInput, TResult> job) : IJobTracker<TResult>
{
    public ValueTask<JobSnapshot> GetStatusAsync(JobId id, CancellationToken cancellationToken) => remote.Tracker.GetStatusAsync(id, cancellationToken);

    public Task WaitForCompletionAsync(JobId id, CancellationToken cancellationToken) => remote.Tracker.WaitForCompletionAsync(id, cancellationToken);

    public ValueTask<bool> CancelAsync(JobId id, CancellationToken cancellationToken) => remote.Tracker.CancelAsync(id, cancellationToken);

    async ValueTask<JobSnapshot<TResult>> IJobTracker<TResult>.GetStatusAsync(JobId id, CancellationToken cancellationToken)
    {
        var snapshot = await remote.Tracker.GetStatusAsync(id, cancellationToken).ConfigureAwait(false);
        return new JobSnapshot<TResult>(snapshot, await ReadResultAsync(snapshot, cancellationToken).ConfigureAwait(false));
    }

    public async Task<TResult> WaitForResultAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = await remote.Manager.WaitAsync(id, cancellationToken).ConfigureAwait(false);
        return (await ReadResultAsync(JobTracker.Completed(end), cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>A result of which a part is redacted is asked for once more, as it is; the service decides whether this client may have it.</summary>
    private async ValueTask<TResult?> ReadResultAsync(JobSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.ResultJson is null || job.Definition.ResultRedaction?.Value is null)
        {
            return job.ReadResult(snapshot.ResultJson);
        }

        var revealed = await remote.Manager.RevealAsync(snapshot.Id, cancellationToken).ConfigureAwait(false) ?? throw new JobNotFoundException(snapshot.Id);
        return job.ReadResult(revealed.ResultJson);
    }
}
