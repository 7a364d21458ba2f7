using System.Net;
using System.Text.Json;
using Jobs.Http.Wire;

namespace Jobs.Http.Client;

/// <summary>Turns an answer that is no success into the exception that the same call would have thrown in the service.</summary>
internal static class ApiProblem
{
    public static JobException Read(Uri address, HttpStatusCode status, string? mediaType, byte[] body)
    {
        if (mediaType is "application/problem+json" or "application/json" && TryParse(body) is { } problem)
        {
            return problem.Code == ProblemCodes.NoSuchRoute
                ? new JobException(JobErrorCodes.NotSupported, $"The service at {address} has no such operation; it may be older than this client. {problem.Detail}")
                : JobException.Restore(problem.Code, problem.Detail ?? problem.Title, problem.JobId, problem.Violations);
        }

        return new JobException(JobErrorCodes.Storage, status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
            ? $"There are no jobs at {address} ({(int)status}). Check the address that UseHttp was given: it ends with the prefix of MapJobs."
            : $"{address} answered {(int)status} without saying why; something between here and the jobs service may be in the way.");
    }

    private static ProblemBody? TryParse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ResponseJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            // Somebody else's answer: a proxy's, or that of another application.
            return null;
        }
    }
}
