using System.Text;
using System.Text.Json;
using Jobs.Redaction;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Client;

/// <summary>
/// Input and result of jobs as they are shown. What this application cannot judge is hidden: the input and result of a job whose name it
/// does not know, an envelope that is none.
/// </summary>
internal sealed class Redactor(JobRegistry registry)
{
    public JobSnapshot Apply(JobSnapshot job)
    {
        if (job.Payload is null && job.ResultJson is null)
        {
            return job;
        }

        var payload = job.Payload is { } input ? RedactPayload(job, input) : (JsonElement?)null;
        var result = job.ResultJson is { } output ? RedactResult(job.Name, output) : (JsonElement?)null;
        return job with { Payload = payload, ResultJson = result };
    }

    public JsonElement RedactInput(string name, JsonElement input) => registry.TryFind(name, out var job) ? job.Definition.RedactInput(input) : JsonRedaction.Hidden;

    public JsonElement RedactResult(string name, JsonElement result) => registry.TryFind(name, out var job) ? job.Definition.RedactResult(result) : JsonRedaction.Hidden;

    /// <summary>A dead letter has the input of another job in it, a callback the result of one.</summary>
    private JsonElement RedactPayload(JobSnapshot job, JsonElement payload)
    {
        try
        {
            if (job.Metadata.ContainsKey(DeadLetter.MetadataKey))
            {
                return RedactLetter(payload);
            }

            return job.Name == CallbackEnvelope.JobName ? RedactCallback(payload) : RedactInput(job.Name, payload);
        }
        catch (JsonException)
        {
            return JsonRedaction.Hidden;
        }
    }

    private JsonElement RedactLetter(JsonElement payload)
    {
        var letter = DeadLetterEnvelope.Read(Bytes(payload));
        return letter.RawPayload.Length == 0 ? payload : Parse(DeadLetterEnvelope.Write(letter with { RawPayload = RedactText(letter.RawPayload, input => RedactInput(letter.JobName, input)) }));
    }

    private JsonElement RedactCallback(JsonElement payload)
    {
        var delivery = CallbackEnvelope.Read(Bytes(payload));
        return delivery.Result is not { } result ? payload
            : Parse(CallbackEnvelope.Write(delivery with { Result = RedactText(result, output => RedactResult(delivery.JobName, output)) }));
    }

    private static string RedactText(string json, Func<JsonElement, JsonElement> redact) => redact(Parse(Encoding.UTF8.GetBytes(json))).GetRawText();

    private static byte[] Bytes(JsonElement json) => Encoding.UTF8.GetBytes(json.GetRawText());

    private static JsonElement Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
