using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Jobs.Storage;

namespace Jobs.Metadata;

/// <summary>
/// Reads and writes the dead letters of one input. Storages write letters without knowing types, so the input is read from the raw
/// payload, and what cannot be read is no reason to lose the letter.
/// </summary>
/// <typeparam name="TInput">The failed job's input.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeadLetterConverter<TInput> : JsonConverter<DeadLetter<TInput>>
{
    /// <inheritdoc/>
    public override DeadLetter<TInput> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var letter = DeadLetterEnvelope.Read(ref reader);
        return new DeadLetter<TInput>(letter, ReadInput(letter.RawPayload, (JsonTypeInfo<TInput>)options.GetTypeInfo(typeof(TInput))));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DeadLetter<TInput> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);

        // A letter made by hand, in a test for example, may have the input only.
        var letter = value.RawPayload.Length > 0 || value.Input is null
            ? value
            : value with { RawPayload = JsonSerializer.Serialize(value.Input, (JsonTypeInfo<TInput>)options.GetTypeInfo(typeof(TInput))) };
        DeadLetterEnvelope.Write(writer, letter);
    }

    private static TInput? ReadInput(string rawPayload, JsonTypeInfo<TInput> json)
    {
        if (rawPayload.Length == 0)
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(rawPayload), json);
        }
        catch (Exception)
        {
            // Whatever reading throws, the type's own constructor included: the handler has the raw payload.
            return default;
        }
    }
}
