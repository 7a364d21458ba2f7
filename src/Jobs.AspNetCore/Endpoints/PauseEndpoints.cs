using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Jobs.Storage;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Pauses of everything, and of queues, jobs, workers and concurrency keys. They concern everybody's jobs: those who may operate their own only may not.</summary>
internal static class PauseEndpoints
{
    public static async Task ListAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandGeneralAsync(request.Context, Access.Read).ConfigureAwait(false);
        await request.AnswerAsync(new PauseList(await request.Api.Manager.ListPausesAsync(request.Aborted).ConfigureAwait(false)), ResponseJson.Default.PauseList).ConfigureAwait(false);
    }

    public static async Task PauseAllAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandEverybodysAsync(request.Context, Access.Operate, null, null).ConfigureAwait(false);
        await request.Api.Manager.PauseAllAsync(request.Aborted).ConfigureAwait(false);
        request.AnswerNothing();
    }

    public static async Task ResumeAllAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandEverybodysAsync(request.Context, Access.Operate, null, null).ConfigureAwait(false);
        await request.Api.Manager.ResumeAllAsync(request.Aborted).ConfigureAwait(false);
        request.AnswerNothing();
    }

    public static Task PauseAsync(ApiRequest request) => SetAsync(request, isPaused: true);

    public static Task ResumeAsync(ApiRequest request) => SetAsync(request, isPaused: false);

    private static async Task SetAsync(ApiRequest request, bool isPaused)
    {
        var (scope, key) = (request.Route("scope"), request.Route("key"));
        if (!Enum.TryParse<PauseScope>(scope, ignoreCase: true, out var known) || !char.IsLetter(scope[0]) || known is PauseScope.Everything)
        {
            throw new ApiException(StatusCodes.Status404NotFound, ProblemCodes.NoSuchRoute, $"'{scope}' cannot be paused; Queue, Job, Worker and ConcurrencyKey can.");
        }

        var name = known is not PauseScope.Job ? null : request.Api.Registry.TryGet(key, out var definition) ? definition.Name : key;
        await request.Api.Authorization.DemandEverybodysAsync(request.Context, Access.Operate, name, known is PauseScope.Queue ? key : null).ConfigureAwait(false);
        if (!await SetAsync(request.Api.Manager, known, key, isPaused, request.Aborted).ConfigureAwait(false))
        {
            throw new ApiException(StatusCodes.Status409Conflict, ProblemCodes.WrongState, isPaused ? $"No worker '{key}' is alive, or it is paused already." : $"No worker '{key}' is paused.");
        }

        request.AnswerNothing();
    }

    private static async ValueTask<bool> SetAsync(IJobManager manager, PauseScope scope, string key, bool isPaused, CancellationToken cancellationToken)
    {
        switch (scope)
        {
            case PauseScope.Worker when isPaused:
                return await manager.PauseWorkerAsync(key, cancellationToken).ConfigureAwait(false);
            case PauseScope.Worker:
                return await manager.ResumeWorkerAsync(key, cancellationToken).ConfigureAwait(false);
            case PauseScope.Queue when isPaused:
                await manager.PauseQueueAsync(key, cancellationToken).ConfigureAwait(false);
                return true;
            case PauseScope.Queue:
                await manager.ResumeQueueAsync(key, cancellationToken).ConfigureAwait(false);
                return true;
            case PauseScope.Job when isPaused:
                await manager.PauseJobAsync(key, cancellationToken).ConfigureAwait(false);
                return true;
            case PauseScope.Job:
                await manager.ResumeJobAsync(key, cancellationToken).ConfigureAwait(false);
                return true;
            default:
                if (isPaused)
                {
                    await manager.PauseKeyAsync(key, cancellationToken).ConfigureAwait(false);
                    return true;
                }

                await manager.ResumeKeyAsync(key, cancellationToken).ConfigureAwait(false);
                return true;
        }
    }
}
