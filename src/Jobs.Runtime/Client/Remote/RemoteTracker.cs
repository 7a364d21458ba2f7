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
        return new JobSnapshot<TResult>(snapshot, job.ReadResult(snapshot.ResultJson));
    }

    public async Task<TResult> WaitForResultAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = await remote.Manager.WaitAsync(id, cancellationToken).ConfigureAwait(false);
        return job.ReadResult(JobTracker.Completed(end).ResultJson)!;
    }
}
