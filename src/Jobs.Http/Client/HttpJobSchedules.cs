using System.Text.Json;
using Jobs.Http.Wire;

namespace Jobs.Http.Client;

/// <summary>The schedules of a service.</summary>
internal sealed class HttpJobSchedules(JobsConnection connection, IJobTracker tracker, TimeProvider time) : IJobSchedules
{
    private const int MaxCount = 1000;
    private static readonly string[] _missing = [JobErrorCodes.NotFound];

    public async ValueTask<JobSchedule?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(HttpMethod.Get, id, string.Empty, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null ? answer.Read(ResponseJson.Default.JobSchedule) : null;
    }

    public async ValueTask<IReadOnlyList<JobSchedule>> ListAsync(ScheduleFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= new ScheduleFilter();
        var path = new ApiPath("schedules").With("jobName", filter.JobName).With("afterId", filter.AfterId).With("limit", filter.Limit);
        return (await connection.SendAsync(new ApiCall(HttpMethod.Get, path.ToString()), cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.ScheduleList).Schedules;
    }

    public async ValueTask<JobSchedule> ScheduleAsync(string id, string jobName, string cron, JsonElement input, ScheduleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobName);
        ArgumentNullException.ThrowIfNull(cron);
        var body = JsonSerializer.SerializeToUtf8Bytes(ScheduleBody.From(jobName, cron, input, options), RequestJson.Default.ScheduleBody);
        var call = new ApiCall(HttpMethod.Put, PathOf(id, string.Empty)) { Body = body, IsHandOver = true };
        return (await connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(ResponseJson.Default.JobSchedule);
    }

    public async ValueTask<bool> EditAsync(string id, ScheduleEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var body = JsonSerializer.SerializeToUtf8Bytes(edit, RequestJson.Default.ScheduleEdit);
        return (await SendAsync(HttpMethod.Patch, id, string.Empty, cancellationToken, body).ConfigureAwait(false)).Refusal is null;
    }

    public async ValueTask<bool> PauseAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        (await SendAsync(HttpMethod.Post, id, new ApiPath("/pause").With("reason", reason).ToString(), cancellationToken).ConfigureAwait(false)).Refusal is null;

    public async ValueTask<bool> ResumeAsync(string id, CancellationToken cancellationToken = default) =>
        (await SendAsync(HttpMethod.Post, id, "/resume", cancellationToken).ConfigureAwait(false)).Refusal is null;

    public async ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(HttpMethod.Delete, id, string.Empty, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null || answer.WasRepeated;
    }

    public async ValueTask<JobHandle?> TriggerAsync(string id, CancellationToken cancellationToken = default)
    {
        var call = new ApiCall(HttpMethod.Post, PathOf(id, "/trigger")) { Tolerates = _missing, Resend = Resend.IfRefused };
        var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null ? new JobHandle(answer.Read(ResponseJson.Default.AcceptedJob).Id, false, tracker) : null;
    }

    public async ValueTask<IReadOnlyList<DateTimeOffset>?> PreviewAsync(string id, int count = 5, CancellationToken cancellationToken = default)
    {
        var answer = await SendAsync(HttpMethod.Get, id, new ApiPath("/times").With("count", count).ToString(), cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null ? answer.Read(ResponseJson.Default.ScheduleTimes).Times : null;
    }

    public IReadOnlyList<DateTimeOffset> Preview(string cron, string? timeZone = null, int count = 5, DateTimeOffset? after = null)
    {
        if (count is < 1 or > MaxCount)
        {
            throw new JobException(JobErrorCodes.InvalidOption, $"{nameof(count)} is {count}; it must be from 1 to {MaxCount}.");
        }

        return [.. Parse(cron).GetOccurrences(after ?? time.GetUtcNow(), FindZone(timeZone)).Take(count)];
    }

    private static CronExpression Parse(string cron)
    {
        try
        {
            return CronExpression.Parse(cron);
        }
        catch (CronFormatException exception)
        {
            throw new JobException(JobErrorCodes.InvalidSchedule, $"Schedule 'preview' is refused: {exception.Message}", innerException: exception);
        }
    }

    private static TimeZoneInfo FindZone(string? id) => id is null ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
        : throw new JobException(JobErrorCodes.UnknownTimeZone, $"This machine has no time zone '{id}'. Use an IANA id such as Europe/Berlin.");

    private static string PathOf(string id, string operation)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return $"schedules/{ApiPath.Escape(id)}{operation}";
    }

    private ValueTask<ApiAnswer> SendAsync(HttpMethod method, string id, string operation, CancellationToken cancellationToken, byte[]? body = null) =>
        connection.SendAsync(new ApiCall(method, PathOf(id, operation)) { Tolerates = _missing, Body = body }, cancellationToken);
}
