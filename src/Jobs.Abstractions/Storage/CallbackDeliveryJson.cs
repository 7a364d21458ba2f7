using System.Text.Json.Serialization;

namespace Jobs.Storage;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallbackDelivery))]
internal sealed partial class CallbackDeliveryJson : JsonSerializerContext;
