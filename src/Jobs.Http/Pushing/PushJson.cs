using System.Text.Json.Serialization;

namespace Jobs.Http.Pushing;

/// <summary>What goes between dispatcher and receiver. Members that one side does not know are passed over: the other may be newer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PushRequest))]
[JsonSerializable(typeof(PushProblem))]
[JsonSerializable(typeof(PushLine))]
internal sealed partial class PushJson : JsonSerializerContext
{
    /// <summary>The media type of an answer that is streamed line by line.</summary>
    public const string LinesType = "application/x-ndjson";
}
