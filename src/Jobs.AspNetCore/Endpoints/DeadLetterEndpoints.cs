using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Dead letters: running what they are about once more.</summary>
internal static class DeadLetterEndpoints
{
    public static async Task RedriveAsync(ApiRequest request)
    {
        var (letter, _) = await request.FindJobAsync(Access.Operate).ConfigureAwait(false);
        var handle = await request.Api.Manager.RedriveAsync(letter.Id, request.Aborted).ConfigureAwait(false)
            ?? throw new ApiException(StatusCodes.Status409Conflict, ProblemCodes.WrongState, $"Job {letter.Id} is no dead letter. The deadLetterJobId of a failed job is.") { JobId = letter.Id };
        var job = await handle.GetStatusAsync(request.Aborted).ConfigureAwait(false);
        request.Context.Response.Headers.Location = request.PathOf(handle.Id);
        var status = handle.WasDeduplicated ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        await request.AnswerAsync(new AcceptedJob(handle.Id, job.Name, handle.WasDeduplicated), ResponseJson.Default.AcceptedJob, status).ConfigureAwait(false);
    }

    public static async Task RedriveManyAsync(ApiRequest request)
    {
        var filter = await FilterReader.ReadForChangeAsync(request).ConfigureAwait(false);
        await request.AnswerAsync(new CountBody(await request.Api.Manager.RedriveAsync(filter, request.Aborted).ConfigureAwait(false)), ResponseJson.Default.CountBody).ConfigureAwait(false);
    }
}
