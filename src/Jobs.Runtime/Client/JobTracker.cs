using System.Text.Json;
using Jobs.Hosting;
using Jobs.Notifications;
using Jobs.Storage;

namespace Jobs.Client;

/// <summary>Answers the questions of handles from the storage, and waits with the help of this process's waiters.</summary>
internal class JobTracker(JobsRuntime runtime) : IJobTracker
{
    public async ValueTask<JobSnapshot> GetStatusAsync(JobId id, CancellationToken cancellationToken) => Redact(await ReadStatusAsync(id, cancellationToken).ConfigureAwait(false));

    public async Task WaitForCompletionAsync(JobId id, CancellationToken cancellationToken) =>
        await WaitAsync(id, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await storage.CancelAsync(id, cancellationToken).ConfigureAwait(false);
        if (outcome is CancelOutcome.Cancelled && runtime.Events.IsActive)
        {
            var job = await storage.GetAsync(id, JobParts.None, cancellationToken).ConfigureAwait(false);
            runtime.Events.Publish(new JobEvent { Kind = JobEventKind.Cancelled, JobId = id, JobName = job?.Name, Queue = job?.Queue, Tags = job?.Tags ?? [], Attempt = job?.Attempt ?? 0 });
        }

        return outcome is CancelOutcome.NotFound ? throw new JobNotFoundException(id) : outcome is not CancelOutcome.AlreadyEnded;
    }

    /// <summary>Waits until the job has ended, however it ended, and tells how, with its result.</summary>
    public async Task<JobSnapshot> WaitForEndAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = await WaitForAnyEndAsync(id, cancellationToken).ConfigureAwait(false);

        // What this process saw itself is only what a waiter needs; the record says more, if it is kept.
        return end.Result is null || await ReadAsync(id, JobParts.Result, cancellationToken).ConfigureAwait(false) is not { } stored
            ? end.Snapshot with { ResultJson = end.Result is null ? end.Snapshot.ResultJson : ParseResult(end.Result) }
            : stored;
    }

    /// <summary>Waits until the job has completed; any other end throws.</summary>
    protected async Task<JobEnd> WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        var end = await WaitForAnyEndAsync(id, cancellationToken).ConfigureAwait(false);
        Completed(end.Snapshot);
        return end;
    }

    protected async ValueTask<JobSnapshot> ReadStatusAsync(JobId id, CancellationToken cancellationToken) =>
        await ReadAsync(id, JobParts.Result, cancellationToken).ConfigureAwait(false) ?? throw new JobNotFoundException(id);

    protected JobSnapshot Redact(JobSnapshot job) => runtime.Redactor.Apply(job);

    private async Task<JobEnd> WaitForAnyEndAsync(JobId id, CancellationToken cancellationToken)
    {
        // Register before reading: an end between the two is then seen by one of them.
        using var waiter = runtime.Waiters.Register(id);
        while (true)
        {
            var next = waiter.Next;
            var snapshot = await ReadAsync(id, JobParts.Result, cancellationToken).ConfigureAwait(false);
            if (snapshot is { Status: JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled })
            {
                return new JobEnd(snapshot, null);
            }

            if (snapshot is null && (waiter.End is not null || !runtime.Waiters.IsHeldHere(id)))
            {
                // Removed in the step that ended it. Whoever ran it here has told the waiters before letting go of it.
                return waiter.End ?? throw new JobNotFoundException(id);
            }

            if (await next.WaitAsync(cancellationToken).ConfigureAwait(false) is { } end)
            {
                return end;
            }
        }
    }

    private static JsonElement ParseResult(byte[] result)
    {
        using var document = JsonDocument.Parse(result);
        return document.RootElement.Clone();
    }

    /// <summary>A job that has ended as it was to end; any other end throws.</summary>
    public static JobSnapshot Completed(JobSnapshot end) => end.Status switch
    {
        JobStatus.Completed => end,
        JobStatus.Cancelled => throw new JobCancelledException(end.Id),
        _ => throw new JobFailedException(end),
    };

    private async ValueTask<JobSnapshot?> ReadAsync(JobId id, JobParts parts, CancellationToken cancellationToken)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        return await storage.GetAsync(id, parts, cancellationToken).ConfigureAwait(false);
    }
}
