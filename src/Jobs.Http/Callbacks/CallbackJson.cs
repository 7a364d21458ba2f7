using System.Text.Json.Serialization;
using Jobs.Storage;

namespace Jobs.Http.Callbacks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallbackDelivery))]
[JsonSerializable(typeof(CallbackBody))]
internal sealed partial class CallbackJson : JsonSerializerContext;
