using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Decides what a type is to the serializer, in the order in which System.Text.Json does.</summary>
internal static class JsonTypeParser
{
    private const int MaxDepth = 10;

    private static readonly string[] ValuesOfObjects =
    [
        "System.Boolean", "System.String", "System.Char", "System.Byte", "System.Int16", "System.Int32", "System.Int64", "System.Single", "System.Double",
        "System.Decimal", "System.DateTime", "System.DateTimeOffset", "System.TimeSpan", "System.Guid", "System.Text.Json.JsonElement",
    ];

    public static JsonTypeModel Parse(ITypeSymbol type, JsonGraph graph)
    {
        var name = JsonTypeNames.NameOf(type);
        var model = new JsonTypeModel
        {
            TypeName = name,
            Identifier = JsonTypeNames.IdentifierOf(type, name),
            Kind = JsonTypeKind.Unsupported,
        };
        if (JsonUnsupported.Find(type, graph) is { } problem)
        {
            return model with { Problem = problem };
        }

        if (JsonTypeNames.DepthOf(type) > MaxDepth)
        {
            return model with { Problem = "it nests generic types more than ten deep, which a type that contains ever larger versions of itself does" };
        }

        var diagnostics = new SortedSet<string>(StringComparer.Ordinal);
        JsonAttributes.AddDiagnosticsOfType(type, diagnostics);
        model = model with
        {
            NumberHandling = JsonAttributes.EnumArgument(type, "JsonNumberHandling"),
            SuppressedDiagnostics = diagnostics.ToEquatableArray(),
        };
        return ParseConverter(model, type, graph)
            ?? ParseValue(model, type, graph)
            ?? JsonCollectionParser.Parse(model, type, graph)
            ?? JsonObjectParser.Parse(model, (INamedTypeSymbol)type, graph);
    }

    private static JsonTypeModel? ParseConverter(JsonTypeModel model, ITypeSymbol type, JsonGraph graph)
    {
        if (type is INamedTypeSymbol { Arity: 1 } letter && JobsTypes.IsDeadLetter(letter))
        {
            return model with { Kind = JsonTypeKind.Value, Converter = $"new global::Jobs.Metadata.DeadLetterConverter<{graph.Add(letter.TypeArguments[0])}>()" };
        }

        if (JsonAttributes.FindConverter(type) is not { } attribute)
        {
            return null;
        }

        return JsonConverterParser.Parse(attribute, type, graph, out var problem) is { } converter
            ? model with { Kind = JsonTypeKind.Value, Converter = converter }
            : model with { Problem = problem };
    }

    private static JsonTypeModel? ParseValue(JsonTypeModel model, ITypeSymbol type, JsonGraph graph)
    {
        if (type.SpecialType == SpecialType.System_Object)
        {
            // What an object is when it is written is known at run time only: the types that need no thought are there.
            foreach (var value in ValuesOfObjects)
            {
                graph.AddWellKnown(value);
            }
        }

        if (JsonConverterParser.BuiltIn(type) is { } builtIn)
        {
            return model with { Kind = JsonTypeKind.Value, Converter = builtIn };
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            var underlying = graph.Add(nullable.TypeArguments[0]);
            return model with { Kind = JsonTypeKind.Value, Converter = $"{JsonConverterParser.Services}.GetNullableConverter<{underlying}>(options)" };
        }

        return type.TypeKind == TypeKind.Enum
            ? model with { Kind = JsonTypeKind.Value, Converter = $"ConverterFor<{model.TypeName}>({JsonConverterParser.EnumConverter(model.TypeName)}, options)" }
            : null;
    }
}
