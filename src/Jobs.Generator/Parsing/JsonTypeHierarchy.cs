using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The types whose members an object has, the most derived first.</summary>
internal static class JsonTypeHierarchy
{
    public static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
        {
            return OfInterface(type);
        }

        var hierarchy = new List<INamedTypeSymbol>();
        for (var current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
        {
            hierarchy.Add(current);
        }

        return hierarchy;
    }

    /// <summary>An interface after all those that derive from it, otherwise in reverse order of discovery, as the serializer sorts them.</summary>
    private static List<INamedTypeSymbol> OfInterface(INamedTypeSymbol type)
    {
        var waiting = new List<INamedTypeSymbol> { type };
        waiting.AddRange(type.AllInterfaces);
        var sorted = new List<INamedTypeSymbol>();
        while (waiting.Count > 0)
        {
            var leaf = waiting.First(candidate => !candidate.AllInterfaces.Any(inherited => waiting.Contains(inherited, SymbolEqualityComparer.Default)));
            waiting.Remove(leaf);
            sorted.Insert(0, leaf);
        }

        return sorted;
    }
}
