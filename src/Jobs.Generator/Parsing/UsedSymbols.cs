using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>
/// Collects the symbols that a piece of emitted code names. A declaration may use what is experimental or obsolete, and say so by a
/// pragma, a severity or an attribute of its own; what is emitted for it then must not be what breaks the build.
/// </summary>
internal sealed class UsedSymbols
{
    private readonly SortedSet<string> _suppressed = new(StringComparer.Ordinal);
    private bool _isObsoleteError;

    /// <summary>Adds a type with all that it is made of.</summary>
    public void AddType(ITypeSymbol type)
    {
        JsonAttributes.AddDiagnosticsOfType(type, _suppressed);
        _isObsoleteError |= IsObsoleteError(type);
    }

    /// <summary>Adds a member, without its types.</summary>
    public void Add(ISymbol? symbol)
    {
        if (symbol is null)
        {
            return;
        }

        JsonAttributes.AddDiagnosticsOf(symbol, _suppressed);
        _isObsoleteError |= JsonAttributes.IsObsoleteAsError(symbol);
    }

    /// <summary>Adds a method with the types of its parameters.</summary>
    public void AddMethod(IMethodSymbol? method)
    {
        Add(method);
        foreach (var parameter in method?.Parameters ?? [])
        {
            AddType(parameter.Type);
        }
    }

    /// <summary>Adds what an attribute names, when emitted code constructs it again.</summary>
    public void AddAttribute(AttributeData attribute)
    {
        AddType(attribute.AttributeClass!);
        Add(attribute.AttributeConstructor);
        foreach (var type in ValidationConstants.NamedTypes(attribute))
        {
            AddType(type);
        }
    }

    public UsedSymbolsModel ToModel() => _suppressed.Count == 0 && !_isObsoleteError ? UsedSymbolsModel.None : new UsedSymbolsModel(_suppressed.ToEquatableArray(), _isObsoleteError);

    private static bool IsObsoleteError(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => IsObsoleteError(array.ElementType),
        INamedTypeSymbol named => JsonAttributes.IsObsoleteAsError(named) || (named.TypeArguments.Length > 0 && named.TypeArguments.Any(IsObsoleteError)) || IsObsoleteError(named.ContainingType),
        _ => false,
    };
}
