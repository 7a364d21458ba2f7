using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Analyzers;

/// <summary>Types as messages show them.</summary>
internal static class Names
{
    public static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    public static string List(IEnumerable<ITypeSymbol> types)
    {
        var names = types.Select(Short).OrderBy(static name => name, StringComparer.Ordinal).ToList();
        return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[names.Count - 1]}";
    }

    /// <summary>Outside of which the type has no name.</summary>
    public static string Scope(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal)
            {
                return "its file";
            }

            if (current.ContainingType is not null && current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                return $"'{Short(current.ContainingType)}'";
            }
        }

        return "its scope";
    }

    /// <summary>The compiler does not know it, or a part of it, and says so itself.</summary>
    public static bool ContainsUnknown(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => true,
        IArrayTypeSymbol array => ContainsUnknown(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(ContainsUnknown),
        _ => false,
    };
}
