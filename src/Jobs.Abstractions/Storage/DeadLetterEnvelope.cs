using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Jobs.Storage;

/// <summary>Dead letters as JSON, and as the jobs that carry them. Storages that fail jobs in SQL write the same members there.</summary>
public static class DeadLetterEnvelope
{
    /// <summary>The job that carries a letter.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="details">What the failed job had of tags, metadata, submitter and trace.</param>
    public static JobRecord CreateJob(FollowUpTarget target, DeadLetter letter, JobDetails? details)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(letter);
        var metadata = details is { Metadata.Count: > 0 } ? new Dictionary<string, string>(details.Metadata, StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal);
        metadata[DeadLetter.MetadataKey] = letter.JobId.ToString();
        return new JobRecord
        {
            Name = target.Name,
            Queue = target.Queue,
            Priority = target.Priority,
            Policy = target.Policy,
            Payload = Write(letter),
            Details = new JobDetails { Metadata = metadata, Tags = details?.Tags ?? [], Submitter = details?.Submitter, TraceParent = details?.TraceParent },
        };
    }

    /// <summary>A payload as text; what is not UTF-8 is replaced.</summary>
    /// <param name="payload">The failed job's input.</param>
    public static string TextOf(byte[] payload) => Encoding.UTF8.GetString(payload);

    /// <summary>Writes a letter as the payload of its job.</summary>
    /// <param name="letter">The letter.</param>
    public static byte[] Write(DeadLetter letter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, letter);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a letter from the payload of its job.</summary>
    /// <param name="payload">The payload.</param>
    /// <exception cref="JsonException">The payload is no letter.</exception>
    public static DeadLetter Read(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        reader.Read();
        return Read(ref reader);
    }

    internal static void Write(Utf8JsonWriter writer, DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        writer.WriteStartObject();
        writer.WriteString("jobId"u8, letter.JobId.ToString());
        writer.WriteString("jobName"u8, letter.JobName);
        writer.WriteString("queue"u8, letter.Queue);
        writer.WriteNumber("attempts"u8, letter.Attempts);
        writer.WriteString("createdAt"u8, letter.CreatedAt);
        writer.WriteString("failedAt"u8, letter.FailedAt);
        writer.WriteString("reason"u8, letter.Reason.ToString());
        WriteOptional(writer, "error"u8, letter.Error);
        WriteOptional(writer, "errorType"u8, letter.ErrorType);
        WriteOptional(writer, "stackTrace"u8, letter.StackTrace);
        writer.WriteString("rawPayload"u8, letter.RawPayload);
        writer.WriteEndObject();
    }

    internal static DeadLetter Read(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object)
        {
            throw new JsonException("A dead letter is an object.");
        }

        return new DeadLetter
        {
            JobId = JobId.TryParse(Required(root, "jobId"u8), null, out var id) ? id : throw new JsonException("The dead letter's jobId is not a job's id."),
            JobName = Required(root, "jobName"u8),
            Queue = Required(root, "queue"u8),
            Attempts = Find(root, "attempts"u8) is { ValueKind: JsonValueKind.Number } attempts && attempts.TryGetInt32(out var count) ? count : 0,
            CreatedAt = Time(root, "createdAt"u8),
            FailedAt = Time(root, "failedAt"u8),

            // A reason from a newer version counts as the handler's error.
            Reason = Enum.TryParse<FailureReason>(Text(root, "reason"u8), out var reason) ? reason : FailureReason.HandlerError,
            Error = Text(root, "error"u8),
            ErrorType = Text(root, "errorType"u8),
            StackTrace = Text(root, "stackTrace"u8),
            RawPayload = Required(root, "rawPayload"u8),
        };
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static JsonElement? Find(JsonElement root, ReadOnlySpan<byte> name) => root.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement root, ReadOnlySpan<byte> name) => Find(root, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static DateTimeOffset Time(JsonElement root, ReadOnlySpan<byte> name) =>
        Find(root, name) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : default;

    private static string Required(JsonElement root, ReadOnlySpan<byte> name) =>
        Text(root, name) ?? throw new JsonException($"The dead letter has no {Encoding.UTF8.GetString(name)}.");
}
