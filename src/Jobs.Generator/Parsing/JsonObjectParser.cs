using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Objects: their constructor, members and derived types.</summary>
internal static class JsonObjectParser
{
    public static JsonTypeModel Parse(JsonTypeModel model, INamedTypeSymbol type, JsonGraph graph)
    {
        var accessors = new JsonAccessors(model.Identifier);
        var constructor = JsonConstructorParser.Find(type, out var isAmbiguous);
        if (isAmbiguous)
        {
            return model with { Problem = "several of its constructors have [JsonConstructor]" };
        }

        if (constructor is not null && FindProblem(constructor, graph) is { } constructorProblem)
        {
            return model with { Problem = constructorProblem };
        }

        var members = new JsonMemberParser(graph, accessors, checksRequired: constructor is null || !JsonConstructorParser.SetsRequiredMembers(constructor));
        foreach (var current in JsonTypeHierarchy.Of(type))
        {
            members.AddMembersOf(current);
        }

        if (members.Problem is { } memberProblem)
        {
            return model with { Problem = memberProblem };
        }

        var isPolymorphic = AddDerivedTypes(type, graph);
        var canCreate = !type.IsAbstract && (constructor is not null || type.IsValueType);
        var byParameters = canCreate && constructor is { Parameters.Length: > 0 };
        var arguments = byParameters
            ? string.Join(", ", constructor!.Parameters.Select((parameter, index) => $"({JsonTypeNames.NameOf(parameter.Type)})arguments[{index}]"))
            : "";
        var creation = canCreate ? JsonConstructorParser.Create(type, constructor, arguments, accessors, graph) : null;
        var shape = new JsonObjectModel
        {
            Creator = byParameters ? null : creation,
            CreatorWithParameters = byParameters ? creation : null,
            Parameters = byParameters
                ? constructor!.Parameters.Select(parameter => JsonConstructorParser.ParseParameter(parameter, graph)).ToEquatableArray()
                : EquatableArray<JsonParameterModel>.Empty,
            Properties = members.ToModels(),
            UnmappedMemberHandling = JsonAttributes.EnumArgument(type, "JsonUnmappedMemberHandling"),
            ObjectCreationHandling = JsonAttributes.EnumArgument(type, "JsonObjectCreationHandling"),
        };
        shape = shape with { Shortcut = isPolymorphic ? null : JsonShortcutParser.Parse(type, constructor, model, shape, accessors, graph) };
        return model with
        {
            Kind = JsonTypeKind.Object,
            Problem = canCreate || isPolymorphic ? null : DescribeWhyNotCreated(type),
            Accessors = accessors.ToModels(),
            SuppressedDiagnostics = FindDiagnostics(model, members.Diagnostics, constructor),
            Object = shape,
        };
    }

    private static EquatableArray<string> FindDiagnostics(JsonTypeModel model, SortedSet<string> ofMembers, IMethodSymbol? constructor)
    {
        if (constructor is not null)
        {
            JsonAttributes.AddDiagnosticsOf(constructor, ofMembers);
            foreach (var parameter in constructor.Parameters)
            {
                JsonAttributes.AddDiagnosticsOfType(parameter.Type, ofMembers);
            }
        }

        ofMembers.UnionWith(model.SuppressedDiagnostics);
        return ofMembers.ToEquatableArray();
    }

    private static string? FindProblem(IMethodSymbol constructor, JsonGraph graph)
    {
        if (JsonAttributes.IsUnsafeForTrimming(constructor))
        {
            return "its constructor is marked as unsafe for trimming or native compilation";
        }

        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.RefKind != RefKind.None)
            {
                return $"its constructor takes '{parameter.Name}' by reference";
            }

            if (JsonUnsupported.FindUnnameable(parameter.Type, graph) is { } problem)
            {
                return $"its constructor takes '{parameter.Name}' of {parameter.Type.ToDisplayString()}: {problem}";
            }
        }

        return null;
    }

    private static bool AddDerivedTypes(INamedTypeSymbol type, JsonGraph graph)
    {
        var any = false;
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { } attributeClass
                && JsonAttributes.IsNamed(attributeClass, "System.Text.Json.Serialization", "JsonDerivedTypeAttribute")
                && JsonAttributes.ArgumentOf(attribute) is ITypeSymbol derived)
            {
                graph.Add(derived);
                any = true;
            }
        }

        return any;
    }

    private static string DescribeWhyNotCreated(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Interface => "nothing says which class implements it; name them with [JsonDerivedType]",
        _ when type.IsAbstract => "it is abstract; name the derived types with [JsonDerivedType]",
        _ => "it has no constructor to call: make one public, or mark one with [JsonConstructor]",
    };
}
