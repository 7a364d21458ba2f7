using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The type parameters of a type and of the types around it.</summary>
internal static class JsonTypeParameters
{
    public static List<ITypeParameterSymbol> Of(INamedTypeSymbol definition)
    {
        var parameters = definition.ContainingType is { } containing ? Of(containing) : [];
        parameters.AddRange(definition.TypeParameters);
        return parameters;
    }

    public static List<ITypeSymbol> ArgumentsOf(INamedTypeSymbol type)
    {
        var arguments = type.ContainingType is { } containing ? ArgumentsOf(containing) : [];
        arguments.AddRange(type.TypeArguments);
        return arguments;
    }

    public static string List(IReadOnlyCollection<ITypeSymbol> types) =>
        types.Count == 0 ? "" : $"<{string.Join(", ", types.Select(JsonTypeNames.NameOf))}>";

    /// <summary>The constraint as a clause, or null.</summary>
    public static string? ConstraintOf(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            parts.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            parts.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            parts.Add("class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            parts.Add("notnull");
        }

        parts.AddRange(parameter.ConstraintTypes.Select(JsonTypeNames.NameOf));
        if (parameter.HasConstructorConstraint)
        {
            parts.Add("new()");
        }

        if (parameter.AllowsRefLikeType)
        {
            parts.Add("allows ref struct");
        }

        return parts.Count == 0 ? null : $"where {JsonTypeNames.NameOf(parameter)} : {string.Join(", ", parts)}";
    }
}
