using System.Text.Json;
using Jobs.Http.Wire;

namespace Jobs.Http.Client;

/// <summary>Writes what is submitted. The options go as the call gave them, with an id, so that a repeated request meets the job of the first.</summary>
internal static class SubmitWriter
{
    public static byte[] Write(JsonElement input, EnqueueOptions? options, JobId id)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteJob(writer, input, options, id);
        }

        return buffer.ToArray();
    }

    public static byte[] Write(IReadOnlyList<(JsonElement Input, EnqueueOptions? Options)> jobs, IReadOnlyList<JobId> ids)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("jobs"u8);
            for (var i = 0; i < jobs.Count; i++)
            {
                WriteJob(writer, jobs[i].Input, jobs[i].Options, ids[i]);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteJob(Utf8JsonWriter writer, JsonElement input, EnqueueOptions? options, JobId id)
    {
        writer.WriteStartObject();
        if (input.ValueKind is not JsonValueKind.Undefined)
        {
            writer.WritePropertyName("input"u8);
            input.WriteTo(writer);
        }

        writer.WritePropertyName("options"u8);
        JsonSerializer.Serialize(writer, options is null ? new SubmitOptions { Id = id } : SubmitOptions.From(options) with { Id = id }, RequestJson.Default.SubmitOptions);
        writer.WriteEndObject();
    }
}
