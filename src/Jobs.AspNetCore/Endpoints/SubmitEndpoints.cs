using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Enqueues by name.</summary>
internal static class SubmitEndpoints
{
    private const string KeyHeader = "Idempotency-Key";

    public static async Task SubmitAsync(ApiRequest request)
    {
        var definition = await FindAsync(request).ConfigureAwait(false);
        var body = await request.ReadBodyAsync(RequestJson.Default.SubmitBody).ConfigureAwait(false) ?? new SubmitBody();
        var (options, caller) = await ResolveAsync(request, definition, body.Options, HeaderKey(request)).ConfigureAwait(false);
        var handle = await request.Api.Manager.SubmitAsync(definition.Name, body.Input, options, request.Aborted).ConfigureAwait(false);
        await RefuseForeignAsync(request, handle, caller).ConfigureAwait(false);
        request.Context.Response.Headers.Location = request.PathOf(handle.Id);
        var status = handle.WasDeduplicated ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        await request.AnswerAsync(new AcceptedJob(handle.Id, definition.Name, handle.WasDeduplicated), ResponseJson.Default.AcceptedJob, status).ConfigureAwait(false);
    }

    public static async Task SubmitManyAsync(ApiRequest request)
    {
        var definition = await FindAsync(request).ConfigureAwait(false);
        var body = await request.ReadRequiredBodyAsync(RequestJson.Default.SubmitManyBody).ConfigureAwait(false);
        if (HeaderKey(request) is not null)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, $"One {KeyHeader} cannot be that of many jobs. Give each its own options.idempotencyKey.");
        }

        var inputs = new List<(System.Text.Json.JsonElement Input, EnqueueOptions? Options)>(body.Jobs.Count);
        Caller caller = default;
        foreach (var job in body.Jobs)
        {
            if (job is null)
            {
                throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.MalformedJson, $"jobs[{inputs.Count}] is null; an object with the job's input is expected. Nothing was enqueued.");
            }

            (var options, caller) = await ResolveAsync(request, definition, job.Options, null).ConfigureAwait(false);
            inputs.Add((job.Input, options));
        }

        var handles = await request.Api.Manager.SubmitManyAsync(definition.Name, inputs, request.Aborted).ConfigureAwait(false);
        foreach (var handle in handles)
        {
            await RefuseForeignAsync(request, handle, caller).ConfigureAwait(false);
        }

        var accepted = new AcceptedJobs([.. handles.Select(handle => new AcceptedJob(handle.Id, definition.Name, handle.WasDeduplicated))]);
        var status = handles.Any(static handle => !handle.WasDeduplicated) ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await request.AnswerAsync(accepted, ResponseJson.Default.AcceptedJobs, status).ConfigureAwait(false);
    }

    /// <summary>The job to submit. Whoever may not submit it is told so before the body is read.</summary>
    private static async ValueTask<JobDefinition> FindAsync(ApiRequest request)
    {
        var name = request.Route("name");
        if (!request.Api.Registry.TryGet(name, out var definition))
        {
            await request.Api.Authorization.DemandAnyAsync(request.Context).ConfigureAwait(false);
            throw new JobNotFoundException(name);
        }

        await request.Api.Authorization.DemandJobAsync(request.Context, Access.Submit, definition.Name, definition.Queue).ConfigureAwait(false);
        return definition;
    }

    private static async ValueTask<(EnqueueOptions Options, Caller Caller)> ResolveAsync(ApiRequest request, JobDefinition definition, SubmitOptions? sent, string? headerKey)
    {
        var options = sent?.ToOptions() ?? new EnqueueOptions();
        var authorization = request.Api.Authorization;
        var caller = await authorization.DemandJobAsync(request.Context, Access.Submit, definition.Name, options.Queue ?? definition.Queue).ConfigureAwait(false);
        if (headerKey is not null && options.IdempotencyKey is not null && !string.Equals(headerKey, options.IdempotencyKey, StringComparison.Ordinal))
        {
            throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, $"The header {KeyHeader} and options.idempotencyKey differ. Send one of them.");
        }

        return (options with
        {
            IdempotencyKey = headerKey ?? options.IdempotencyKey,
            Submitter = await authorization.ResolveSubmitterAsync(request.Context, caller, options.Submitter).ConfigureAwait(false),
        }, caller);
    }

    /// <summary>Who sees only his own jobs must not learn of others' by guessing their keys.</summary>
    private static async ValueTask RefuseForeignAsync(ApiRequest request, JobHandle handle, Caller caller)
    {
        if (!handle.WasDeduplicated || caller.Identity is null || request.Api.Options.OwnPolicy is null)
        {
            return;
        }

        var met = await request.Api.Manager.GetAsync(handle.Id, request.Aborted).ConfigureAwait(false);
        if (met is not null && !string.Equals(met.Submitter, caller.Identity, StringComparison.Ordinal))
        {
            throw new ApiException(StatusCodes.Status409Conflict, JobErrorCodes.Conflict, "A job of somebody else has this id or idempotency key. Choose another one.");
        }
    }

    /// <summary>The header's key, with or without the quotes that the draft of its standard asks for.</summary>
    private static string? HeaderKey(ApiRequest request)
    {
        var values = request.Context.Request.Headers[KeyHeader];
        if (values.Count == 0)
        {
            return null;
        }

        var key = values.Count == 1 ? values[0]!.Trim() : string.Empty;
        key = key.Length >= 2 && key[0] == '"' && key[^1] == '"' ? key[1..^1] : key;
        return key.Length > 0 ? key : throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, $"The header {KeyHeader} is empty or there more than once.");
    }
}
