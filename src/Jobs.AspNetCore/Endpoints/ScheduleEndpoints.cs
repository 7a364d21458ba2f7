using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Schedules: whoever reads or operates them needs the policies of their jobs.</summary>
internal static class ScheduleEndpoints
{
    public static async Task ListAsync(ApiRequest request)
    {
        var filter = new ScheduleFilter { JobName = request.Text("jobName"), AfterId = request.Text("afterId"), Limit = request.Number("limit") ?? new ScheduleFilter().Limit };
        var caller = await request.Api.Authorization.DemandFilterAsync(request.Context, Access.Read, filter.JobName, null).ConfigureAwait(false);
        RefuseOwn(caller);
        await request.AnswerAsync(new ScheduleList(await request.Api.Schedules.ListAsync(filter, request.Aborted).ConfigureAwait(false)), ResponseJson.Default.ScheduleList).ConfigureAwait(false);
    }

    public static async Task GetAsync(ApiRequest request)
    {
        var schedule = await FindAsync(request, Access.Read).ConfigureAwait(false);
        await request.AnswerTaggedAsync(schedule, ResponseJson.Default.JobSchedule).ConfigureAwait(false);
    }

    public static async Task PutAsync(ApiRequest request)
    {
        var id = request.Route("scheduleId");
        var body = await request.ReadRequiredBodyAsync(RequestJson.Default.ScheduleBody).ConfigureAwait(false);
        var definition = request.Api.Registry.TryGet(body.JobName, out var known) ? known : null;
        await DemandAsync(request, Access.Operate, definition?.Name ?? body.JobName, body.Options?.Queue).ConfigureAwait(false);
        var options = body.ToOptions();
        if (options.Job is { } job)
        {
            var caller = await request.Api.Authorization.DemandGeneralAsync(request.Context, Access.Operate).ConfigureAwait(false);
            options = options with { Job = job with { Submitter = job.Submitter is null ? null : await request.Api.Authorization.ResolveSubmitterAsync(request.Context, caller, job.Submitter).ConfigureAwait(false) } };
        }

        var existing = await request.Api.Schedules.GetAsync(id, request.Aborted).ConfigureAwait(false);
        if (existing is not null)
        {
            await DemandAsync(request, Access.Operate, existing.JobName, null).ConfigureAwait(false);
        }

        var stored = await request.Api.Schedules.ScheduleAsync(id, body.JobName, body.Cron, body.Input ?? default, options, request.Aborted).ConfigureAwait(false);
        await request.AnswerAsync(stored, ResponseJson.Default.JobSchedule, existing is null ? StatusCodes.Status201Created : StatusCodes.Status200OK).ConfigureAwait(false);
    }

    public static async Task EditAsync(ApiRequest request)
    {
        var edit = await request.ReadRequiredBodyAsync(RequestJson.Default.ScheduleEdit).ConfigureAwait(false);
        await ChangeAsync(request, (schedules, id, token) => schedules.EditAsync(id, edit, token)).ConfigureAwait(false);
    }

    public static Task PauseAsync(ApiRequest request)
    {
        var reason = request.Text("reason");
        return ChangeAsync(request, (schedules, id, token) => schedules.PauseAsync(id, reason, token));
    }

    public static Task ResumeAsync(ApiRequest request) => ChangeAsync(request, static (schedules, id, token) => schedules.ResumeAsync(id, token));

    public static Task RemoveAsync(ApiRequest request) => ChangeAsync(request, static (schedules, id, token) => schedules.RemoveAsync(id, token));

    public static async Task TriggerAsync(ApiRequest request)
    {
        var schedule = await FindAsync(request, Access.Operate).ConfigureAwait(false);
        var handle = await request.Api.Schedules.TriggerAsync(schedule.Id, request.Aborted).ConfigureAwait(false) ?? throw Unknown(schedule.Id);
        request.Context.Response.Headers.Location = request.PathOf(handle.Id);
        await request.AnswerAsync(new AcceptedJob(handle.Id, schedule.JobName, handle.WasDeduplicated), ResponseJson.Default.AcceptedJob, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    public static async Task TimesAsync(ApiRequest request)
    {
        var schedule = await FindAsync(request, Access.Read).ConfigureAwait(false);
        var times = await request.Api.Schedules.PreviewAsync(schedule.Id, request.Number("count") ?? 5, request.Aborted).ConfigureAwait(false) ?? throw Unknown(schedule.Id);
        await request.AnswerAsync(new ScheduleTimes(times), ResponseJson.Default.ScheduleTimes).ConfigureAwait(false);
    }

    private static async Task ChangeAsync(ApiRequest request, Func<IJobSchedules, string, CancellationToken, ValueTask<bool>> change)
    {
        var schedule = await FindAsync(request, Access.Operate).ConfigureAwait(false);
        if (!await change(request.Api.Schedules, schedule.Id, request.Aborted).ConfigureAwait(false))
        {
            throw Unknown(schedule.Id);
        }

        request.AnswerNothing();
    }

    private static async ValueTask<JobSchedule> FindAsync(ApiRequest request, Access access)
    {
        var id = request.Route("scheduleId");
        var schedule = await request.Api.Schedules.GetAsync(id, request.Aborted).ConfigureAwait(false);
        await DemandAsync(request, access, schedule?.JobName, null).ConfigureAwait(false);
        return schedule ?? throw Unknown(id);
    }

    private static async ValueTask DemandAsync(ApiRequest request, Access access, string? jobName, string? queue)
    {
        var name = jobName is not null && request.Api.Registry.TryGet(jobName, out var known) ? known.Name : jobName;
        RefuseOwn(await request.Api.Authorization.DemandFilterAsync(request.Context, access, name, queue ?? QueueOf(name)).ConfigureAwait(false));

        string? QueueOf(string? of) => of is not null && request.Api.Registry.TryGet(of, out var definition) ? definition.Queue : null;
    }

    /// <summary>A schedule belongs to nobody.</summary>
    private static void RefuseOwn(Caller caller)
    {
        if (caller.OwnOnly)
        {
            throw new ApiException(StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, "You may see your own jobs only, and schedules are nobody's own.");
        }
    }

    private static ApiException Unknown(string id) => new(StatusCodes.Status404NotFound, JobErrorCodes.NotFound, $"There is no schedule '{id}'.");
}
