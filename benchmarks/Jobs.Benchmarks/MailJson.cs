using System.Text.Json.Serialization;

namespace Jobs.Benchmarks;

/// <summary>What a careful developer writes by hand for the reference.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Mail))]
internal sealed partial class MailJson : JsonSerializerContext;
