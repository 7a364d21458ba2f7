using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The types that were met and those still to be parsed.</summary>
internal sealed class JsonGraph(Compilation compilation)
{
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly Queue<ITypeSymbol> _waiting = new();

    public Compilation Compilation { get; } = compilation;

    /// <summary>Adds a type unless it was met before, and gives its name in code.</summary>
    public string Add(ITypeSymbol type)
    {
        var erased = JsonTypeNames.Erase(type, Compilation);
        var name = JsonTypeNames.NameOf(erased);
        if (_met.Add(name))
        {
            _waiting.Enqueue(erased);
        }

        return name;
    }

    public void AddWellKnown(string metadataName)
    {
        if (Compilation.GetTypeByMetadataName(metadataName) is { } type)
        {
            Add(type);
        }
    }

    public ITypeSymbol? Take() => _waiting.Count > 0 ? _waiting.Dequeue() : null;

    /// <summary>Whether emitted code may name the symbol.</summary>
    public bool CanName(ISymbol symbol) => Compilation.IsSymbolAccessibleWithin(symbol, Compilation.Assembly) && !JsonAttributes.IsObsoleteAsError(symbol);
}
