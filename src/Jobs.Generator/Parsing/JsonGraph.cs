using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The types that were met and those still to be parsed.</summary>
internal sealed class JsonGraph(Compilation compilation)
{
    private readonly JsonTypeModels _models = JsonTypeModels.Of(compilation);
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly Queue<(ITypeSymbol Type, string Name)> _waiting = new();

    public Compilation Compilation { get; } = compilation;

    private readonly List<JsonEdge> _edges = [];
    private string? _current;

    /// <summary>Who refers to whom, in the order in which it was met.</summary>
    public IReadOnlyList<JsonEdge> Edges => _edges;

    /// <summary>Adds a type unless it was met before, and gives its name in code.</summary>
    public string Add(ITypeSymbol type) => Add(type, null, isRead: true);

    /// <summary>Adds the type of a member.</summary>
    /// <param name="type">The type.</param>
    /// <param name="member">The member or parameter; null for elements.</param>
    /// <param name="isRead">Whether values of the type are read there, and not only written.</param>
    public string Add(ITypeSymbol type, ISymbol? member, bool isRead)
    {
        var (erased, name) = _models.Erase(type);
        if (_current is not null)
        {
            _edges.Add(new(_current, name, member, isRead));
        }

        if (_met.Add(name))
        {
            _waiting.Enqueue((erased, name));
        }

        return name;
    }

    /// <summary>Adds a type that is there just in case, or whose values travel in another way: nobody refers to it.</summary>
    public string AddAside(ITypeSymbol type)
    {
        var referrer = _current;
        _current = null;
        var name = Add(type);
        _current = referrer;
        return name;
    }

    public void AddWellKnown(string metadataName)
    {
        if (Compilation.GetTypeByMetadataName(metadataName) is { } type)
        {
            AddAside(type);
        }
    }

    /// <summary>The next type to parse; what is added from then on is what it refers to.</summary>
    public ITypeSymbol? Take()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        (var type, _current) = _waiting.Dequeue();
        return type;
    }

    /// <summary>Whether emitted code may name the symbol.</summary>
    public bool CanName(ISymbol symbol) => TypeAccess.IsAccessible(symbol, Compilation) && !JsonAttributes.IsObsoleteAsError(symbol);
}
