using Jobs.AspNetCore.Authorization;
using Jobs.Http.Wire;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Rate limits of queues and jobs: resetting them, which concerns everybody's jobs.</summary>
internal static class RateLimitEndpoints
{
    public static async Task ResetQueueAsync(ApiRequest request)
    {
        var (queue, key) = (request.Route("queue"), request.Text("key"));
        await request.Api.Authorization.DemandEverybodysAsync(request.Context, Access.Operate, null, queue).ConfigureAwait(false);
        await AnswerAsync(request, await request.Api.Manager.ResetQueueRateLimitAsync(queue, key, request.Aborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public static async Task ResetJobAsync(ApiRequest request)
    {
        var (name, key) = (request.Route("name"), request.Text("key"));
        var known = request.Api.Registry.TryGet(name, out var definition) ? definition.Name : name;
        await request.Api.Authorization.DemandEverybodysAsync(request.Context, Access.Operate, known, null).ConfigureAwait(false);
        await AnswerAsync(request, await request.Api.Manager.ResetJobRateLimitAsync(name, key, request.Aborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static Task AnswerAsync(ApiRequest request, int count) => request.AnswerAsync(new CountBody(count), ResponseJson.Default.CountBody);
}
