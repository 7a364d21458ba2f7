using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The types of a namespace, those of inner namespaces and types included.</summary>
internal static class DeclaredTypes
{
    public static IEnumerable<INamedTypeSymbol> Of(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var nested in Of(inner))
                {
                    yield return nested;
                }
            }
        }
    }
}
