using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Expressions for converters: those of System.Text.Json and those that attributes name.</summary>
internal static class JsonConverterParser
{
    public const string Services = "global::System.Text.Json.Serialization.Metadata.JsonMetadataServices";

    private static readonly HashSet<string> SystemValues = new(StringComparer.Ordinal)
    {
        "Boolean", "Byte", "Char", "DateOnly", "DateTime", "DateTimeOffset", "Decimal", "Double", "Guid", "Half", "Int128", "Int16", "Int32", "Int64",
        "Object", "SByte", "Single", "String", "TimeOnly", "TimeSpan", "UInt128", "UInt16", "UInt32", "UInt64", "Uri", "Version",
    };

    public static string EnumConverter(string enumName) => $"new global::System.Text.Json.Serialization.JsonStringEnumConverter<{enumName}>()";

    /// <summary>The converter that System.Text.Json has for a type that is a single value; null for other types.</summary>
    public static string? BuiltIn(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
        {
            return Services + ".ByteArrayConverter";
        }

        if (type is not INamedTypeSymbol { ContainingType: null } named)
        {
            return null;
        }

        var converter = named switch
        {
            { Arity: 0 } when SystemValues.Contains(named.Name) && IsIn("System") => named.Name,
            { Arity: 1, Name: "Memory" or "ReadOnlyMemory" } when named.TypeArguments[0].SpecialType == SpecialType.System_Byte && IsIn("System") => named.Name + "Byte",
            { Name: "JsonElement" or "JsonDocument" } when IsIn("System.Text.Json") => named.Name,
            { Name: "JsonNode" or "JsonObject" or "JsonArray" or "JsonValue" } when IsIn("System.Text.Json.Nodes") => named.Name,
            _ => null,
        };
        return converter is null ? null : $"{Services}.{converter}Converter";

        bool IsIn(string space) => FrameworkTypes.IsNamespace(named.ContainingNamespace, space);
    }

    /// <summary>The converter that an attribute on a type or member names, as an expression that may use <c>options</c>.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="type">The type to convert.</param>
    /// <param name="graph">The graph of types.</param>
    /// <param name="problem">Why there is none.</param>
    public static string? Parse(AttributeData attribute, ITypeSymbol type, JsonGraph graph, out string? problem)
    {
        problem = null;
        if (attribute.AttributeClass?.Name != "JsonConverterAttribute" || JsonAttributes.ArgumentOf(attribute) is not INamedTypeSymbol converter)
        {
            problem = "its converter is chosen by an attribute's own code, which only reflection could run; name the converter's type in [JsonConverter]";
            return null;
        }

        if (converter.IsUnboundGenericType || !graph.CanName(converter))
        {
            problem = $"its converter {converter.ToDisplayString()} can't be used from the job's assembly";
            return null;
        }

        if (!converter.InstanceConstructors.Any(static constructor => constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public }) || converter.IsAbstract)
        {
            problem = $"its converter {converter.ToDisplayString()} has no public constructor without parameters";
            return null;
        }

        var underlying = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;
        var converted = JsonTypeNames.NameOf(JsonTypeNames.Erase(underlying ?? type, graph.Compilation));
        var isEnum = (underlying ?? type).TypeKind == TypeKind.Enum;

        // The converter factory for all enums needs code made at run time; the one for a single enum does the same without.
        var expression = isEnum && JsonAttributes.IsNamed(converter, "System.Text.Json.Serialization", "JsonStringEnumConverter") && converter.Arity == 0
            ? EnumConverter(converted)
            : $"new {JsonTypeNames.NameOf(converter)}()";
        return underlying is null ? $"ConverterFor<{converted}>({expression}, options)" : $"NullableConverterFor<{converted}>({expression}, options)";
    }
}
