using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Jobs.AspNetCore.Problems;

/// <summary>Turns whatever went wrong into problem details (RFC 9457).</summary>
internal static class Problem
{
    private static readonly TimeSpan _storageRetry = TimeSpan.FromSeconds(5);

    /// <summary>What to answer; null when it is nobody's fault but ours and must not be told.</summary>
    public static ProblemBody? Describe(Exception exception) => exception switch
    {
        ApiException refused => Create(refused.Status, refused.Code, refused.Message, refused.JobId),
        JobValidationException invalid => Create(StatusCodes.Status400BadRequest, invalid.Code, invalid.Message, invalid.JobId) with
        {
            Errors = invalid.Errors.GroupBy(static error => error.Member, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Select(static error => error.Message).ToArray(), StringComparer.Ordinal),
            Violations = invalid.Errors,
        },
        JobException job when StatusOf(job.Code) is { } status => Create(status, job.Code, job.Message, job.JobId),
        JsonException json => Create(StatusCodes.Status400BadRequest, ProblemCodes.MalformedJson, "The body is not the JSON that is expected: " + json.Message, null),
        BadHttpRequestException bad => Create(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? ProblemCodes.BodyTooLarge : ProblemCodes.BadRequest, bad.Message, null),
        _ => null,
    };

    /// <summary>What to answer a request with that failed; null when an answer has already begun, which is cut off.</summary>
    public static ProblemBody? Settle(HttpContext context, Exception exception, ILogger logger)
    {
        var problem = Describe(exception);
        if (problem is null)
        {
            ApiLog.RequestFailed(logger, exception, context.Request.Method, context.Request.Path);
            problem = Internal();
        }

        if (!context.Response.HasStarted)
        {
            return problem;
        }

        // Half an answer must not look like a whole one.
        context.Abort();
        return null;
    }

    private static ProblemBody Internal() =>
        Create(StatusCodes.Status500InternalServerError, ProblemCodes.Internal, "Something went wrong here. The service's log knows more under the trace id.", null);

    public static Task WriteAsync(HttpContext context, ProblemBody problem, Exception? exception = null)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        response.Headers.Remove("ETag");
        if ((exception as ApiException)?.RetryAfter is { } after || (problem.Status == StatusCodes.Status503ServiceUnavailable && (after = _storageRetry) > TimeSpan.Zero))
        {
            response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return JsonSerializer.SerializeAsync(response.Body, problem with { TraceId = Activity.Current?.Id ?? context.TraceIdentifier }, ResponseJson.Default.ProblemBody, context.RequestAborted);
    }

    private static ProblemBody Create(int status, string code, string detail, JobId? id) => new()
    {
        Title = ReasonPhrases.GetReasonPhrase(status),
        Status = status,
        Code = code,
        Detail = detail,
        JobId = id,
    };

    /// <summary>The status of an error of the product; null for those that callers cannot cause.</summary>
    private static int? StatusOf(string code) => code switch
    {
        JobErrorCodes.Validation or JobErrorCodes.InvalidOption or JobErrorCodes.InvalidSchedule or JobErrorCodes.UnknownTimeZone => StatusCodes.Status400BadRequest,
        JobErrorCodes.NotFound or JobErrorCodes.UnknownName => StatusCodes.Status404NotFound,
        JobErrorCodes.Conflict or JobErrorCodes.InUse or JobErrorCodes.Disabled or JobErrorCodes.Cancelled or JobErrorCodes.Failed => StatusCodes.Status409Conflict,
        JobErrorCodes.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        JobErrorCodes.NotSupported => StatusCodes.Status501NotImplemented,
        JobErrorCodes.Storage => StatusCodes.Status503ServiceUnavailable,
        _ => null,
    };
}
