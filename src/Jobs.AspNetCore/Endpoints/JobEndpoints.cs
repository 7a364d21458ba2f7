using Jobs.AspNetCore.Authorization;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Endpoints;

/// <summary>One job: looking at it and changing it.</summary>
internal static class JobEndpoints
{
    public static async Task GetAsync(ApiRequest request)
    {
        var (job, _) = await request.FindJobAsync(Access.Read).ConfigureAwait(false);
        if (request.Flag("reveal"))
        {
            await RevealAsync(request, job.Id).ConfigureAwait(false);
            return;
        }

        await request.AnswerTaggedAsync(Trim(request, job), ResponseJson.Default.JobSnapshot).ConfigureAwait(false);
    }

    /// <summary>Waits for a job's end. One that goes on is answered as it is, with 202, so that the caller asks again.</summary>
    public static async Task WaitAsync(ApiRequest request)
    {
        var options = request.Api.Options;
        var timeout = request.Duration("timeout") ?? options.DefaultWait;
        timeout = timeout > options.MaxWait ? options.MaxWait : timeout;
        var (job, _) = await request.FindJobAsync(Access.Read).ConfigureAwait(false);
        var hasEnded = HasEnded(job);
        if (!hasEnded && timeout > TimeSpan.Zero)
        {
            using var slot = request.Api.Slots.Take();
            using var limit = new CancellationTokenSource(timeout, request.Api.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, request.Aborted, request.Api.Stopping);
            try
            {
                job = await request.Api.Manager.WaitAsync(job.Id, either.Token).ConfigureAwait(false);
                hasEnded = true;
            }
            catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
            {
                job = await request.Api.Manager.GetAsync(job.Id, request.Aborted).ConfigureAwait(false) ?? throw new JobNotFoundException(job.Id);
                hasEnded = HasEnded(job);
            }
        }

        if (hasEnded && request.Flag("includePayload") && job.Payload is null)
        {
            job = await request.Api.Manager.GetAsync(job.Id, request.Aborted).ConfigureAwait(false) ?? job;
        }

        await request.AnswerAsync(Trim(request, job), ResponseJson.Default.JobSnapshot, hasEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted).ConfigureAwait(false);
    }

    public static Task CancelAsync(ApiRequest request) =>
        ChangeAsync(request, static (manager, id, token) => manager.CancelAsync(id, token), "it has already ended");

    public static Task RetryAsync(ApiRequest request) =>
        ChangeAsync(request, static (manager, id, token) => manager.RetryAsync(id, token), "it is neither failed nor cancelled nor waiting for its next attempt");

    public static Task PromoteAsync(ApiRequest request) =>
        ChangeAsync(request, static (manager, id, token) => manager.PromoteAsync(id, token), "it is not waiting for its time");

    public static Task DeleteAsync(ApiRequest request) =>
        ChangeAsync(request, static (manager, id, token) => manager.DeleteAsync(id, token), "it is running; cancel it first");

    public static async Task EditAsync(ApiRequest request)
    {
        var edit = await request.ReadRequiredBodyAsync(RequestJson.Default.JobEdit).ConfigureAwait(false);
        await ChangeAsync(request, (manager, id, token) => manager.EditAsync(id, edit, token), "it is not pending").ConfigureAwait(false);
    }

    public static async Task ResubmitAsync(ApiRequest request)
    {
        var (job, _) = await request.FindJobAsync(Access.Operate).ConfigureAwait(false);
        var handle = await request.Api.Manager.ResubmitAsync(job.Id, request.Aborted).ConfigureAwait(false) ?? throw new JobNotFoundException(job.Id);
        request.Context.Response.Headers.Location = request.PathOf(handle.Id);
        await request.AnswerAsync(new AcceptedJob(handle.Id, job.Name, false), ResponseJson.Default.AcceptedJob, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    public static bool HasEnded(JobSnapshot job) => job.Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>Input and result only when they were asked for.</summary>
    public static JobSnapshot Trim(ApiRequest request, JobSnapshot job)
    {
        var (payload, result) = (request.Flag("includePayload"), request.Flag("includeResult"));
        return payload && result ? job : job with { Payload = payload ? job.Payload : null, ResultJson = result ? job.ResultJson : null };
    }

    /// <summary>Answers with what is redacted, and nothing that a cache would keep.</summary>
    private static async Task RevealAsync(ApiRequest request, JobId id)
    {
        await request.Api.Authorization.DemandRevealAsync(request.Context).ConfigureAwait(false);
        var job = await request.Api.Manager.RevealAsync(id, request.Aborted).ConfigureAwait(false) ?? throw new JobNotFoundException(id);
        await request.AnswerAsync(Trim(request, job), ResponseJson.Default.JobSnapshot).ConfigureAwait(false);
    }

    private static async Task ChangeAsync(ApiRequest request, Func<IJobManager, JobId, CancellationToken, ValueTask<bool>> change, string otherwise)
    {
        var (job, _) = await request.FindJobAsync(Access.Operate).ConfigureAwait(false);
        request.DemandUnchanged(job);
        if (await change(request.Api.Manager, job.Id, request.Aborted).ConfigureAwait(false))
        {
            request.AnswerNothing();
            return;
        }

        var now = await request.Api.Manager.GetAsync(job.Id, request.Aborted).ConfigureAwait(false) ?? throw new JobNotFoundException(job.Id);
        throw new ApiException(StatusCodes.Status409Conflict, ProblemCodes.WrongState, $"Job {job.Id} is {now.Status}, and nothing was changed: {otherwise}.") { JobId = job.Id };
    }
}
