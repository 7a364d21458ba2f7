using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Chooses the constructor that reading calls, and how to call it.</summary>
internal static class JsonConstructorParser
{
    /// <summary>
    /// The constructor with [JsonConstructor], else the public one without parameters, else the only public one. Structs use
    /// their default value unless the attribute says otherwise.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="isAmbiguous">Whether several have the attribute.</param>
    public static IMethodSymbol? Find(INamedTypeSymbol type, out bool isAmbiguous)
    {
        var annotated = type.InstanceConstructors.Where(static constructor => JsonAttributes.Has(constructor, "JsonConstructor")).ToList();
        isAmbiguous = annotated.Count > 1;
        if (annotated.Count > 0)
        {
            return annotated[0];
        }

        var declared = type.InstanceConstructors
            .Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public && !IsDefaultOfStruct(constructor))
            .ToList();
        var parameterless = declared.Find(static constructor => constructor.Parameters.Length == 0);
        if (type.IsValueType && !IsKeyValuePair(type))
        {
            return parameterless;
        }

        return parameterless ?? (declared.Count == 1 ? declared[0] : null);
    }

    public static IMethodSymbol? FindParameterless(INamedTypeSymbol type) => type.InstanceConstructors.FirstOrDefault(static constructor =>
        constructor is { DeclaredAccessibility: Accessibility.Public, Parameters.Length: 0 } && !IsDefaultOfStruct(constructor));

    /// <summary>An expression for a new object; null for an abstract type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="constructor">The constructor; null for a struct's default value.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="accessors">Takes the accessor of a constructor that can't be called otherwise.</param>
    /// <param name="graph">The graph of types.</param>
    public static string? Create(INamedTypeSymbol type, IMethodSymbol? constructor, string arguments, JsonAccessors accessors, JsonGraph graph)
    {
        if (type.IsAbstract)
        {
            return null;
        }

        var name = JsonTypeNames.NameOf(type);
        if (constructor is null)
        {
            return $"default({name})";
        }

        // Code that calls the constructor of a type with required members must set them all, in JSON or not.
        return graph.CanName(constructor) && (SetsRequiredMembers(constructor) || !HasRequiredMembers(type)) && !type.IsTupleType
            ? $"new {name}({arguments})"
            : $"{accessors.Constructor(constructor)}({arguments})";
    }

    public static JsonParameterModel ParseParameter(IParameterSymbol parameter, JsonGraph graph) => new()
    {
        Name = parameter.Name,
        TypeName = graph.Add(parameter.Type, parameter, isRead: true),
        DefaultValue = parameter.HasExplicitDefaultValue ? JsonLiterals.Of(parameter.ExplicitDefaultValue, parameter.Type) : null,
        IsNullable = !JsonNullability.Refuses(parameter),
    };

    public static bool SetsRequiredMembers(IMethodSymbol constructor) =>
        JsonAttributes.Find(constructor, "System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute") is not null;

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers().Any(static member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDefaultOfStruct(IMethodSymbol constructor) =>
        constructor is { IsImplicitlyDeclared: true, Parameters.Length: 0, ContainingType.IsValueType: true };

    private static bool IsKeyValuePair(INamedTypeSymbol type) => type.Arity == 2 && JsonAttributes.IsNamed(type, "System.Collections.Generic", "KeyValuePair");
}
