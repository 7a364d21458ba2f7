using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Jobs.Client;

/// <summary>
/// The idempotency key of an input: SHA-256 of its JSON with the members of every object in ordinal order, so that the order in which a
/// dictionary gives its entries, or a caller over HTTP its members, makes no other key. The idea is that of RFC 8785; numbers and texts are
/// those that the serializer of the job's input writes.
/// </summary>
internal static class InputHash
{
    private const string Prefix = "input:";

    public static string KeyOf(byte[] payload)
    {
        if (payload.Length == 0)
        {
            return Prefix;
        }

        var canonical = new ArrayBufferWriter<byte>(payload.Length);
        using (var document = JsonDocument.Parse(payload))
        using (var writer = new Utf8JsonWriter(canonical, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, document.RootElement);
        }

        return Prefix + Convert.ToHexStringLower(SHA256.HashData(canonical.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
