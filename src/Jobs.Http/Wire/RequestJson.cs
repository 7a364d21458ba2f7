using System.Text.Json.Serialization;

namespace Jobs.Http.Wire;

/// <summary>What callers send. A member that means nothing is refused: a typing mistake in an option must not go unnoticed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SubmitBody))]
[JsonSerializable(typeof(SubmitManyBody))]
[JsonSerializable(typeof(JobEdit))]
[JsonSerializable(typeof(ScheduleBody))]
[JsonSerializable(typeof(ScheduleEdit))]
internal sealed partial class RequestJson : JsonSerializerContext;
