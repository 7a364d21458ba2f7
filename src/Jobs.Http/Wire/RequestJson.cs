using System.Text.Json.Serialization;

namespace Jobs.Http.Wire;

/// <summary>
/// What callers send. A member that means nothing is refused: a typing mistake in an option must not go unnoticed. One that is there
/// twice is refused too, inside of inputs as well: whoever checked the first would be fooled by the second.
/// </summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SubmitBody))]
[JsonSerializable(typeof(SubmitManyBody))]
[JsonSerializable(typeof(JobEdit))]
[JsonSerializable(typeof(WaitAnswer))]
[JsonSerializable(typeof(ScheduleBody))]
[JsonSerializable(typeof(ScheduleEdit))]
internal sealed partial class RequestJson : JsonSerializerContext;
