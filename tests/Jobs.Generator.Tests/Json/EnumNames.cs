using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs.Generator.Tests.Json;

/// <summary>Enums as their names, unless an enum says otherwise by a converter of its own.</summary>
internal sealed class EnumNames : JsonConverterFactory
{
    private readonly JsonStringEnumConverter _converter = new();

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), inherit: false);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => _converter.CreateConverter(typeToConvert, options)!;
}
