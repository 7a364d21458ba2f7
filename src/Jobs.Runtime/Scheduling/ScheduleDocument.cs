using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs.Scheduling;

/// <summary>The document of a stored schedule.</summary>
internal sealed record ScheduleDocument(ScheduleDefinition Definition, ScheduleState State)
{
    public string ToJson() => JsonSerializer.Serialize(this, ScheduleJson.Default.ScheduleDocument);

    /// <exception cref="JsonException">Somebody edited it.</exception>
    public static ScheduleDocument Parse(string json) =>
        JsonSerializer.Deserialize(json, ScheduleJson.Default.ScheduleDocument) ?? throw new JsonException("The document of the schedule is null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ScheduleDocument))]
internal sealed partial class ScheduleJson : JsonSerializerContext;
