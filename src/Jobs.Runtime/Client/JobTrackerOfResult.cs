using Jobs.Hosting;
using Jobs.Registry;

namespace Jobs.Client;

internal sealed class JobTracker<TInput, TResult>(JobsRuntime runtime, RegisteredJob<TInput, TResult> job) : JobTracker(runtime), IJobTracker<TResult>
{
    async ValueTask<JobSnapshot<TResult>> IJobTracker<TResult>.GetStatusAsync(JobId id, CancellationToken cancellationToken)
    {
        var snapshot = await ReadStatusAsync(id, cancellationToken).ConfigureAwait(false);
        return new JobSnapshot<TResult>(Redact(snapshot), job.ReadResult(snapshot.ResultJson));
    }

    public async Task<TResult> WaitForResultAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = await WaitAsync(id, cancellationToken).ConfigureAwait(false);
        return (end.Result is not null ? job.ReadResult(end.Result) : job.ReadResult(end.Snapshot.ResultJson))!;
    }
}
