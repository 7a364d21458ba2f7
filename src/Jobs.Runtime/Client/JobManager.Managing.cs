using System.Text.Json;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    public ValueTask<long> CancelAsync(JobFilter filter, CancellationToken cancellationToken = default) =>
        ChangeManyAsync(JobAction.Cancel, filter, null, cancellationToken);

    public ValueTask<bool> RetryAsync(JobId id, CancellationToken cancellationToken = default) => ChangeAsync(id, JobAction.Retry, cancellationToken);

    public ValueTask<long> RetryAsync(JobFilter filter, CancellationToken cancellationToken = default) =>
        ChangeManyAsync(JobAction.Retry, filter, null, cancellationToken);

    public ValueTask<bool> PromoteAsync(JobId id, CancellationToken cancellationToken = default) => ChangeAsync(id, JobAction.Promote, cancellationToken);

    public ValueTask<long> PromoteAsync(JobFilter filter, CancellationToken cancellationToken = default) =>
        ChangeManyAsync(JobAction.Promote, filter, null, cancellationToken);

    public ValueTask<bool> DeleteAsync(JobId id, CancellationToken cancellationToken = default) => ChangeAsync(id, JobAction.Delete, cancellationToken);

    public ValueTask<long> DeleteAsync(JobFilter filter, CancellationToken cancellationToken = default) =>
        ChangeManyAsync(JobAction.Delete, filter, null, cancellationToken);

    public ValueTask<long> CleanAsync(JobFilter filter, JobDuration olderThan, CancellationToken cancellationToken = default) =>
        ChangeManyAsync(JobAction.Delete, filter, olderThan.Value, cancellationToken);

    public ValueTask<long> DrainQueueAsync(string queue, CancellationToken cancellationToken = default)
    {
        ManagingRules.CheckQueue(queue);
        return ChangeManyAsync(JobAction.Delete, new JobFilter { Queue = queue, Status = JobStatus.Pending }, null, cancellationToken);
    }

    public async ValueTask<JobHandle?> ResubmitAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        if (await storage.GetRecordAsync(id, cancellationToken).ConfigureAwait(false) is not { } original)
        {
            return null;
        }

        var job = runtime.Registry.Find(original.Name);
        using var activity = runtime.Telemetry.StartEnqueue(job);
        var record = EnqueuedRecord.Copy(runtime, job, original, ReadAgain(job, original.Payload));
        var inserted = await storage.InsertAsync(record, null, cancellationToken).ConfigureAwait(false);
        runtime.OnEnqueued(job, record, inserted);
        return new JobHandle(inserted.Id, inserted.WasDeduplicated, runtime.Tracker);
    }

    public async ValueTask<bool> EditAsync(JobId id, JobEdit edit, CancellationToken cancellationToken = default)
    {
        ManagingRules.Check(edit);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        return await storage.GetAsync(id, JobParts.None, cancellationToken).ConfigureAwait(false) is { } job
            && await EditAsync(storage, job, edit, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> EditAsync(JobFilter filter, JobEdit edit, CancellationToken cancellationToken = default)
    {
        ManagingRules.CheckBulk(filter);
        ManagingRules.Check(edit);
        if (edit.Input is not null && filter.Name is null)
        {
            throw new JobException(JobErrorCodes.InvalidOption, "JobEdit.Input needs JobFilter.Name: an input can only be that of one job. Nothing was changed.");
        }

        if (filter.Status is not (null or JobStatus.Pending))
        {
            return 0;
        }

        if (edit.Input is not null)
        {
            // Refused before the first job is changed, and also when there is none.
            ChangeOf(filter.Name!, edit);
        }

        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var changed = 0L;
        string? cursor = null;
        do
        {
            var page = await storage.ListAsync(filter with { Status = JobStatus.Pending, Limit = MaxPage, Cursor = cursor, IncludePayload = false, IncludeResult = false }, cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Jobs)
            {
                if (await EditAsync(storage, job, edit, cancellationToken).ConfigureAwait(false))
                {
                    changed++;
                }
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return changed;
    }

    private async ValueTask<bool> EditAsync(IJobStorage storage, JobSnapshot job, JobEdit edit, CancellationToken cancellationToken)
    {
        if (await storage.EditAsync(job.Id, ChangeOf(job.Name, edit), cancellationToken).ConfigureAwait(false) != ChangeOutcome.Done)
        {
            return false;
        }

        await TellAsync(storage, JobEventKind.Edited, job.Id, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static JobEventKind EventOf(JobAction action) => action switch
    {
        JobAction.Cancel => JobEventKind.Cancelled,
        JobAction.Retry => JobEventKind.Retried,
        JobAction.Promote => JobEventKind.Waiting,
        _ => JobEventKind.Deleted,
    };

    private async ValueTask<bool> ChangeAsync(JobId id, JobAction action, CancellationToken cancellationToken)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        if (await storage.ChangeAsync(id, action, cancellationToken).ConfigureAwait(false) != ChangeOutcome.Done)
        {
            return false;
        }

        await TellAsync(storage, EventOf(action), id, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<long> ChangeManyAsync(JobAction action, JobFilter filter, TimeSpan? endedFor, CancellationToken cancellationToken)
    {
        ManagingRules.CheckBulk(filter);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var changed = 0L;
        string? cursor = null;
        do
        {
            var progress = await storage.ChangeManyAsync(new BulkChange(action, filter, cursor) { EndedFor = endedFor }, cancellationToken).ConfigureAwait(false);
            changed += progress.Changed;
            cursor = progress.NextCursor;
        }
        while (cursor is not null);

        return changed;
    }

    private JobChange ChangeOf(string name, JobEdit edit)
    {
        byte[]? payload = null;
        if (edit.Input is { } input)
        {
            payload = runtime.Registry.Find(name).ReadSubmitted(input);
            EnqueuedRecord.CheckSize(runtime, name, payload);
        }

        return new JobChange
        {
            Name = name,
            Payload = payload,
            RunAt = edit.RunAt,
            Priority = edit.Priority,
            Tags = edit.Tags is null ? null : [.. edit.Tags.Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>The rules may have changed since it was enqueued, and a record may have been damaged.</summary>
    private static byte[] ReadAgain(RegisteredJob job, byte[] payload)
    {
        if (payload.Length == 0)
        {
            return job.ReadSubmitted(default);
        }

        try
        {
            using var document = JsonDocument.Parse(payload);
            return job.ReadSubmitted(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new JobValidationException(job.Name, [new(string.Empty, exception.Message, "Json")], exception);
        }
    }
}
