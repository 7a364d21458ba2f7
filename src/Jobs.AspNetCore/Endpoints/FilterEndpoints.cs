using Jobs.AspNetCore.Authorization;
using Jobs.Http.Wire;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Many jobs at once, by a filter.</summary>
internal static class FilterEndpoints
{
    public static async Task ListAsync(ApiRequest request)
    {
        var filter = await FilterReader.ReadAsync(request, Access.Read).ConfigureAwait(false);
        await request.AnswerAsync(await request.Api.Manager.ListAsync(filter, request.Aborted).ConfigureAwait(false), ResponseJson.Default.JobPage).ConfigureAwait(false);
    }

    public static async Task CountAsync(ApiRequest request)
    {
        var filter = await FilterReader.ReadAsync(request, Access.Read).ConfigureAwait(false);
        await AnswerAsync(request, request.Api.Manager.CountAsync(filter, request.Aborted)).ConfigureAwait(false);
    }

    public static async Task CancelAsync(ApiRequest request)
    {
        var filter = await FilterReader.ReadForChangeAsync(request).ConfigureAwait(false);
        await AnswerAsync(request, request.Api.Manager.CancelAsync(filter, request.Aborted)).ConfigureAwait(false);
    }

    public static async Task RetryAsync(ApiRequest request)
    {
        var filter = await FilterReader.ReadForChangeAsync(request).ConfigureAwait(false);
        await AnswerAsync(request, request.Api.Manager.RetryAsync(filter, request.Aborted)).ConfigureAwait(false);
    }

    public static async Task PromoteAsync(ApiRequest request)
    {
        var filter = await FilterReader.ReadForChangeAsync(request).ConfigureAwait(false);
        await AnswerAsync(request, request.Api.Manager.PromoteAsync(filter, request.Aborted)).ConfigureAwait(false);
    }

    public static async Task EditAsync(ApiRequest request)
    {
        var filter = await FilterReader.ReadForChangeAsync(request).ConfigureAwait(false);
        var edit = await request.ReadRequiredBodyAsync(RequestJson.Default.JobEdit).ConfigureAwait(false);
        await AnswerAsync(request, request.Api.Manager.EditAsync(filter, edit, request.Aborted)).ConfigureAwait(false);
    }

    public static async Task DeleteAsync(ApiRequest request)
    {
        var filter = await FilterReader.ReadForChangeAsync(request).ConfigureAwait(false);
        await AnswerAsync(request, request.Api.Manager.DeleteAsync(filter, request.Aborted)).ConfigureAwait(false);
    }

    public static async Task CleanAsync(ApiRequest request)
    {
        var olderThan = request.Duration("olderThan") ?? throw ApiRequest.Wrong("olderThan", "it is missing; 0s means every job that has ended");
        var filter = await FilterReader.ReadAsync(request, Access.Operate).ConfigureAwait(false);
        await AnswerAsync(request, request.Api.Manager.CleanAsync(filter, olderThan, request.Aborted)).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(ApiRequest request, ValueTask<long> count) =>
        await request.AnswerAsync(new CountBody(await count.ConfigureAwait(false)), ResponseJson.Default.CountBody).ConfigureAwait(false);
}
