using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>Steps of a job, and answers to its waits.</summary>
internal static class StepEndpoints
{
    public static async Task ListAsync(ApiRequest request)
    {
        var (job, _) = await request.FindJobAsync(Access.Read).ConfigureAwait(false);
        var steps = await request.Api.Manager.ListStepsAsync(job.Id, request.Aborted).ConfigureAwait(false) ?? throw new JobNotFoundException(job.Id);
        await request.AnswerAsync(new StepList(steps), ResponseJson.Default.StepList).ConfigureAwait(false);
    }

    public static async Task AnswerAsync(ApiRequest request)
    {
        var text = request.Route("token");
        if (!JobWaitToken.TryParse(text, out var token))
        {
            throw NoSuchToken();
        }

        if (!request.Api.Options.AllowAnswersByToken)
        {
            await request.FindJobAsync(token.JobId, Access.Operate).ConfigureAwait(false);
        }

        var body = await request.ReadRequiredBodyAsync(RequestJson.Default.WaitAnswer).ConfigureAwait(false);
        switch (await request.Api.Manager.CompleteWaitAsync(text, body.Answer, request.Aborted).ConfigureAwait(false))
        {
            case JobWaitCompletion.Completed:
                request.AnswerNothing();
                break;
            case JobWaitCompletion.AlreadyAnswered:
                throw new ApiException(StatusCodes.Status409Conflict, ProblemCodes.AlreadyAnswered, "Another answer was given before, and counts.") { JobId = token.JobId };
            case JobWaitCompletion.TooLate:
                throw new ApiException(StatusCodes.Status409Conflict, ProblemCodes.TooLate, "The wait has timed out, or its job has ended.") { JobId = token.JobId };
            default:
                throw NoSuchToken();
        }
    }

    private static ApiException NoSuchToken() => new(StatusCodes.Status404NotFound, JobErrorCodes.NotFound, "There is no wait with this token, or its job's record has been removed.");
}
