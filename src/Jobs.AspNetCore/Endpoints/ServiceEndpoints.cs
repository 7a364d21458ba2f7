using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.OpenApi;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>What belongs to no job: workers, the registry, the description of the API.</summary>
internal static class ServiceEndpoints
{
    public static async Task WorkersAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandGeneralAsync(request.Context, Access.Read).ConfigureAwait(false);
        await request.AnswerAsync(new WorkerList(await request.Api.Manager.ListWorkersAsync(request.Aborted).ConfigureAwait(false)), ResponseJson.Default.WorkerList).ConfigureAwait(false);
    }

    public static async Task StatisticsAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandGeneralAsync(request.Context, Access.Read).ConfigureAwait(false);
        await request.AnswerAsync(await request.Api.Manager.GetStatisticsAsync(request.Aborted).ConfigureAwait(false), ResponseJson.Default.JobStatistics).ConfigureAwait(false);
    }

    public static async Task MaintainAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandGeneralAsync(request.Context, Access.Operate).ConfigureAwait(false);
        await request.AnswerAsync(MaintenanceBody.From(await request.Api.Manager.MaintainAsync(request.Aborted).ConfigureAwait(false)), ResponseJson.Default.MaintenanceBody).ConfigureAwait(false);
    }

    public static async Task RegistryAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandAnyAsync(request.Context).ConfigureAwait(false);
        await request.AnswerTaggedAsync(new JobDefinitionList([.. request.Api.Registry.Jobs.Select(JobDefinitionBody.From)]), ResponseJson.Default.JobDefinitionList).ConfigureAwait(false);
    }

    public static async Task DefinitionAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandAnyAsync(request.Context).ConfigureAwait(false);
        await request.AnswerTaggedAsync(JobDefinitionBody.From(request.Api.Registry.Get(request.Route("name"))), ResponseJson.Default.JobDefinitionBody).ConfigureAwait(false);
    }

    public static async Task OpenApiAsync(ApiRequest request)
    {
        await request.Api.Authorization.DemandAnyAsync(request.Context).ConfigureAwait(false);
        request.Context.Response.Headers.CacheControl = "no-cache";
        var server = request.Context.Request.PathBase + request.Api.Prefix;
        await request.AnswerAsync(OpenApiDocument.Write(request.Api.Registry, server), StatusCodes.Status200OK).ConfigureAwait(false);
    }
}
