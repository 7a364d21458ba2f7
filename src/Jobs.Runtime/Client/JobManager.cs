using System.Text.Json;
using Jobs.Hosting;
using Jobs.Storage;

namespace Jobs.Client;

internal sealed partial class JobManager(JobsRuntime runtime) : IJobManager
{
    private const int MaxPage = JobOptionRules.MaxPage;

    public async ValueTask<JobSnapshot?> GetAsync(JobId id, CancellationToken cancellationToken = default) =>
        await RevealAsync(id, cancellationToken).ConfigureAwait(false) is { } job ? runtime.Redactor.Apply(job) : null;

    public async ValueTask<JobSnapshot?> RevealAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        return await storage.GetAsync(id, JobParts.Payload | JobParts.Result, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (JobOptionRules.CheckPage(filter.Limit) is not null)
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"JobFilter.Limit is {filter.Limit}; it must be from 1 to {MaxPage}. Follow JobPage.NextCursor for more.");
        }

        if (filter.Offset < 0)
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"JobFilter.Offset is {filter.Offset}; it must not be negative.");
        }

        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var page = await storage.ListAsync(filter with { Cursor = ListCursor.Open(filter) }, cancellationToken).ConfigureAwait(false);
        var jobs = filter.IncludePayload || filter.IncludeResult ? [.. page.Jobs.Select(runtime.Redactor.Apply)] : page.Jobs;
        return new JobPage(jobs, ListCursor.Seal(filter, page.NextCursor));
    }

    public async ValueTask<long> CountAsync(JobFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        return await storage.CountAsync(filter, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<JobHandle> SubmitAsync(string jobName, JsonElement input, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = runtime.Registry.Find(jobName);
        using var activity = runtime.Telemetry.StartEnqueue(job);
        var payload = job.ReadSubmitted(input);
        var behind = new TagDependencies(runtime);
        var resolved = await behind.ResolveAsync(options, cancellationToken).ConfigureAwait(false);
        var records = new List<JobRecord> { EnqueuedRecord.Create(runtime, job, payload, resolved) };
        var inserted = await behind.InsertAsync(records, options?.Transaction, cancellationToken).ConfigureAwait(false);
        runtime.OnEnqueued(job, records[0], inserted[0]);
        return new JobHandle(inserted[0].Id, inserted[0].WasDeduplicated, runtime.Tracker);
    }

    public async ValueTask<bool> CancelAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await storage.CancelAsync(id, cancellationToken).ConfigureAwait(false);
        if (outcome is CancelOutcome.Cancelled)
        {
            await TellAsync(storage, JobEventKind.Cancelled, id, cancellationToken).ConfigureAwait(false);
        }

        return outcome is CancelOutcome.Cancelled or CancelOutcome.Requested;
    }

    public async ValueTask<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        return await storage.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
    }
}
