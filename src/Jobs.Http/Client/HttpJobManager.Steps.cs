using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Jobs.Http.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Http.Client;

internal sealed partial class HttpJobManager
{
    private static readonly string[] _notAnswered = [JobErrorCodes.NotFound, ProblemCodes.AlreadyAnswered, ProblemCodes.TooLate];

    public async ValueTask<IReadOnlyList<JobStep>?> ListStepsAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var answer = await _connection.SendAsync(new ApiCall(HttpMethod.Get, ApiPath.Of(id, "/steps").ToString()) { Tolerates = _missing }, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null ? answer.Read(ResponseJson.Default.StepList).Steps : null;
    }

    public async ValueTask<JobWaitCompletion> CompleteWaitAsync(string token, JsonElement answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!JobWaitToken.TryParse(token, out _))
        {
            return JobWaitCompletion.NotFound;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new WaitAnswer { Answer = answer }, RequestJson.Default.WaitAnswer);
        var call = new ApiCall(HttpMethod.Post, $"waits/{ApiPath.Escape(token)}") { Body = body, Tolerates = _notAnswered };
        var reply = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Refusal?.Code switch
        {
            null => JobWaitCompletion.Completed,
            ProblemCodes.AlreadyAnswered => JobWaitCompletion.AlreadyAnswered,
            ProblemCodes.TooLate => JobWaitCompletion.TooLate,
            _ => JobWaitCompletion.NotFound,
        };
    }

    public ValueTask<JobWaitCompletion> CompleteWaitAsync<T>(string token, T answer, CancellationToken cancellationToken = default) =>
        CompleteWaitAsync(token, JsonSerializer.SerializeToElement(answer, GetJson<T>()), cancellationToken);

    /// <summary>By the jobs that this application knows, in whichever store.</summary>
    private JsonTypeInfo<T> GetJson<T>()
    {
        var registry = _services.GetService<IJobRegistry>() ?? _services.GetKeyedServices<IJobRegistry>(KeyedService.AnyKey).First();
        return registry.GetJson<T>();
    }
}
