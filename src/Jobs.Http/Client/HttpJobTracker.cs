namespace Jobs.Http.Client;

/// <summary>Answers the questions of handles.</summary>
internal sealed class HttpJobTracker(HttpJobManager manager) : IJobTracker
{
    public async ValueTask<JobSnapshot> GetStatusAsync(JobId id, CancellationToken cancellationToken) =>
        await manager.FindAsync(id, includePayload: false, cancellationToken).ConfigureAwait(false) ?? throw new JobNotFoundException(id);

    public async Task WaitForCompletionAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = await manager.WaitAsync(id, cancellationToken).ConfigureAwait(false);
        switch (end.Status)
        {
            case JobStatus.Completed:
                return;
            case JobStatus.Cancelled:
                throw new JobCancelledException(id);
            default:
                throw new JobFailedException(end);
        }
    }

    public async ValueTask<bool> CancelAsync(JobId id, CancellationToken cancellationToken) =>
        await manager.TryCancelAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new JobNotFoundException(id);
}
