using System.Text.Json;
using Jobs.Http.Wire;
using Jobs.Storage;

namespace Jobs.Http.Client;

internal sealed partial class HttpJobManager
{
    private static readonly string[] _notSo = [JobErrorCodes.NotFound, ProblemCodes.WrongState];

    public async ValueTask<bool> CancelAsync(JobId id, CancellationToken cancellationToken = default) =>
        await TryCancelAsync(id, cancellationToken).ConfigureAwait(false) ?? false;

    /// <summary>Cancels a job; null when there is none, false when it had ended.</summary>
    public ValueTask<bool?> TryCancelAsync(JobId id, CancellationToken cancellationToken) =>
        ChangeAsync(new ApiCall(HttpMethod.Post, $"{id}/cancel"), id, static now => now?.LastCancelledAt is not null, cancellationToken);

    public ValueTask<long> CancelAsync(JobFilter filter, CancellationToken cancellationToken = default) => ChangeManyAsync(HttpMethod.Post, "cancel", filter, cancellationToken);

    public async ValueTask<bool> RetryAsync(JobId id, CancellationToken cancellationToken = default) =>
        await ChangeAsync(new ApiCall(HttpMethod.Post, $"{id}/retry"), id, static now => now?.Status is JobStatus.Pending or JobStatus.Running, cancellationToken).ConfigureAwait(false) ?? false;

    public ValueTask<long> RetryAsync(JobFilter filter, CancellationToken cancellationToken = default) => ChangeManyAsync(HttpMethod.Post, "retry", filter, cancellationToken);

    public async ValueTask<bool> PromoteAsync(JobId id, CancellationToken cancellationToken = default) =>
        await ChangeAsync(new ApiCall(HttpMethod.Post, $"{id}/promote"), id, static now => now is { IsDelayed: false }, cancellationToken).ConfigureAwait(false) ?? false;

    public ValueTask<long> PromoteAsync(JobFilter filter, CancellationToken cancellationToken = default) => ChangeManyAsync(HttpMethod.Post, "promote", filter, cancellationToken);

    public async ValueTask<bool> DeleteAsync(JobId id, CancellationToken cancellationToken = default) =>
        await ChangeAsync(new ApiCall(HttpMethod.Delete, $"{id}"), id, static now => now is null, cancellationToken).ConfigureAwait(false) ?? false;

    public ValueTask<long> DeleteAsync(JobFilter filter, CancellationToken cancellationToken = default) => ChangeManyAsync(HttpMethod.Delete, string.Empty, filter, cancellationToken);

    public async ValueTask<bool> EditAsync(JobId id, JobEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var call = new ApiCall(HttpMethod.Patch, $"{id}") { Body = JsonSerializer.SerializeToUtf8Bytes(edit, RequestJson.Default.JobEdit) };
        return await ChangeAsync(call, id, static _ => false, cancellationToken).ConfigureAwait(false) ?? false;
    }

    public async ValueTask<long> EditAsync(JobFilter filter, JobEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        RefusePage(filter);
        var call = new ApiCall(HttpMethod.Patch, new ApiPath(string.Empty).WithAll(filter).ToString()) { Body = JsonSerializer.SerializeToUtf8Bytes(edit, RequestJson.Default.JobEdit), Resend = Resend.IfRefused };
        return (await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.CountBody).Count;
    }

    public ValueTask<long> CleanAsync(JobFilter filter, JobDuration olderThan, CancellationToken cancellationToken = default)
    {
        RefusePage(filter);
        return CountedAsync(new ApiCall(HttpMethod.Post, new ApiPath("clean").With("olderThan", olderThan.ToString()).With(filter).ToString()), cancellationToken);
    }

    public ValueTask<long> DrainQueueAsync(string queue, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        return CountedAsync(new ApiCall(HttpMethod.Post, $"queues/{ApiPath.Escape(queue)}/drain"), cancellationToken);
    }

    public ValueTask<long> ObliterateQueueAsync(string queue, bool force = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        return CountedAsync(new ApiCall(HttpMethod.Delete, new ApiPath($"queues/{ApiPath.Escape(queue)}").With("force", force).ToString()), cancellationToken);
    }

    public async ValueTask<JobHandle?> ResubmitAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var answer = await _connection.SendAsync(new ApiCall(HttpMethod.Post, $"{id}/resubmit") { Tolerates = _missing, Resend = Resend.IfRefused }, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null ? new JobHandle(answer.Read(ResponseJson.Default.AcceptedJob).Id, false, Tracker) : null;
    }

    public async ValueTask<JobHandle?> RedriveAsync(JobId deadLetterId, CancellationToken cancellationToken = default)
    {
        var answer = await _connection.SendAsync(new ApiCall(HttpMethod.Post, $"{deadLetterId}/redrive") { Tolerates = _notSo }, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null && answer.Read(ResponseJson.Default.AcceptedJob) is var accepted ? new JobHandle(accepted.Id, accepted.WasDeduplicated && !answer.WasRepeated, Tracker) : null;
    }

    public ValueTask<long> RedriveAsync(JobFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return CountedAsync(new ApiCall(HttpMethod.Post, new ApiPath("redrive").WithAll(filter).ToString()), cancellationToken);
    }

    public async ValueTask<MaintenanceReport> MaintainAsync(CancellationToken cancellationToken = default) =>
        (await _connection.SendAsync(new ApiCall(HttpMethod.Post, "maintenance"), cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.MaintenanceBody).ToReport();

    private static void RefusePage(JobFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var paging = filter.Offset != 0 ? nameof(filter.Offset) : filter.Cursor is not null ? nameof(filter.Cursor) : filter.Limit != new JobFilter().Limit ? nameof(filter.Limit) : null;
        if (paging is not null)
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"JobFilter.{paging} is for lists; a change takes all jobs that match. Leave it out, or list a page and change its jobs by their ids. Nothing was changed.");
        }
    }

    /// <summary>Changes one job: null when there is none, false when it is in another state.</summary>
    /// <param name="call">The change.</param>
    /// <param name="id">The job.</param>
    /// <param name="isDone">Whether it looks as the change would have left it: for a change that was repeated, because the first answer was lost.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    private async ValueTask<bool?> ChangeAsync(ApiCall call, JobId id, Func<JobSnapshot?, bool> isDone, CancellationToken cancellationToken)
    {
        var answer = await _connection.SendAsync(call with { Tolerates = _notSo }, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is null)
        {
            return true;
        }

        if (answer.WasRepeated && isDone(await FindAsync(id, includePayload: false, cancellationToken).ConfigureAwait(false)))
        {
            return true;
        }

        return answer.Refusal.Code == JobErrorCodes.NotFound ? null : false;
    }

    private ValueTask<long> ChangeManyAsync(HttpMethod method, string path, JobFilter filter, CancellationToken cancellationToken)
    {
        RefusePage(filter);
        return CountedAsync(new ApiCall(method, new ApiPath(path).WithAll(filter).ToString()), cancellationToken);
    }

    /// <summary>A change of many jobs is not repeated: what the first request changed would be missing in the count, or be changed again.</summary>
    private async ValueTask<long> CountedAsync(ApiCall call, CancellationToken cancellationToken) =>
        (await _connection.SendAsync(call with { Resend = Resend.IfRefused }, cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.CountBody).Count;
}
