using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jobs.Storage;

namespace Jobs.Metadata;

/// <summary>Reads and writes dead letters of any job.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeadLetterConverter : JsonConverter<DeadLetter>
{
    /// <inheritdoc/>
    public override DeadLetter Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => DeadLetterEnvelope.Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DeadLetter value, JsonSerializerOptions options) => DeadLetterEnvelope.Write(writer, value);
}
