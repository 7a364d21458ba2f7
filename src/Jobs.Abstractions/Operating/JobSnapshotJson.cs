using System.Text.Json.Serialization;

namespace Jobs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JobSnapshot))]
internal sealed partial class JobSnapshotJson : JsonSerializerContext;
