using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs.HttpBenchmarks;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Mail))]
[JsonSerializable(typeof(StoredRow))]
internal sealed partial class MailJson : JsonSerializerContext;
