using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Metadata;

/// <summary>How inputs and results travel as JSON.</summary>
public static class JobJson
{
    /// <summary>
    /// The options of all generated metadata: camelCase names, nullability and constructor parameters respected. Enums travel
    /// as their names, which the metadata sees to.
    /// </summary>
    /// <param name="resolver">Where the metadata comes from.</param>
    public static JsonSerializerOptions CreateOptions(IJsonTypeInfoResolver? resolver)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = resolver ?? JsonTypeInfoResolver.Combine(),
        };
        options.MakeReadOnly();
        return options;
    }
}
