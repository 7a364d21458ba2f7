using Jobs.AspNetCore.Authorization;
using Jobs.Http.Wire;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Queues: looking at them, pausing and resuming them.</summary>
internal static class QueueEndpoints
{
    public static async Task ListAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandGeneralAsync(request.Context, Access.Read).ConfigureAwait(false);
        await request.AnswerAsync(new QueueList(await request.Api.Manager.ListQueuesAsync(request.Aborted).ConfigureAwait(false)), ResponseJson.Default.QueueList).ConfigureAwait(false);
    }

    public static async Task PauseAsync(ApiRequest request)
    {
        var queue = await DemandAsync(request).ConfigureAwait(false);
        await request.Api.Manager.PauseQueueAsync(queue, request.Aborted).ConfigureAwait(false);
        request.AnswerNothing();
    }

    public static async Task ResumeAsync(ApiRequest request)
    {
        var queue = await DemandAsync(request).ConfigureAwait(false);
        await request.Api.Manager.ResumeQueueAsync(queue, request.Aborted).ConfigureAwait(false);
        request.AnswerNothing();
    }

    public static async Task DrainAsync(ApiRequest request)
    {
        var queue = await DemandAsync(request).ConfigureAwait(false);
        await request.AnswerAsync(new CountBody(await request.Api.Manager.DrainQueueAsync(queue, request.Aborted).ConfigureAwait(false)), ResponseJson.Default.CountBody).ConfigureAwait(false);
    }

    public static async Task ObliterateAsync(ApiRequest request)
    {
        var force = request.Flag("force");
        var queue = await DemandAsync(request).ConfigureAwait(false);
        await request.AnswerAsync(new CountBody(await request.Api.Manager.ObliterateQueueAsync(queue, force, request.Aborted).ConfigureAwait(false)), ResponseJson.Default.CountBody).ConfigureAwait(false);
    }

    /// <summary>A pause concerns everybody's jobs: those who may operate their own only may not.</summary>
    private static async ValueTask<string> DemandAsync(ApiRequest request)
    {
        var queue = request.Route("queue");
        await request.Api.Authorization.DemandEverybodysAsync(request.Context, Access.Operate, null, queue).ConfigureAwait(false);
        return queue;
    }
}
