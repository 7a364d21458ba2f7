using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Http.Client;

/// <summary>What the service answered.</summary>
/// <param name="Status">The status: a success, or one that the call asked for.</param>
/// <param name="Body">The body.</param>
/// <param name="WasRepeated">Whether an attempt before may have been carried out without an answer.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, byte[] Body, bool WasRepeated)
{
    /// <summary>The problem that the call tolerates; null when there is none.</summary>
    public JobException? Refusal { get; init; }

    /// <exception cref="JobException">It is something else: this is no service with jobs, or one of another version.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            throw new JobException(JobErrorCodes.Storage, $"The jobs service answered {(int)Status} with something that is not what was asked for ({exception.Message}). Check the address that UseHttp was given.", null, exception);
        }
    }
}
