using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The models of a compilation's types: one depends on the type alone, and most types are in the graphs of many jobs.</summary>
internal sealed class JsonTypeModels(Compilation compilation)
{
    private static readonly ConditionalWeakTable<Compilation, JsonTypeModels> s_ofCompilation = new();

    private readonly ConcurrentDictionary<ITypeSymbol, Entry> _entries = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ITypeSymbol, (ITypeSymbol Type, string Name)> _erased = new(SymbolEqualityComparer.Default);

    public static JsonTypeModels Of(Compilation compilation) =>
        s_ofCompilation.TryGetValue(compilation, out var known) ? known : s_ofCompilation.GetValue(compilation, static key => new JsonTypeModels(key));

    /// <summary>The model of a type without what exists for the compiler only, and the types that it refers to.</summary>
    public Entry Get(ITypeSymbol type) => _entries.TryGetValue(type, out var known) ? known : _entries.GetOrAdd(type, Parse(type));

    /// <summary>The type without what exists for the compiler only, and its name. Each type is asked for by many members.</summary>
    public (ITypeSymbol Type, string Name) Erase(ITypeSymbol type)
    {
        if (_erased.TryGetValue(type, out var known))
        {
            return known;
        }

        var erased = JsonTypeNames.Erase(type, compilation);
        return _erased.GetOrAdd(type, (erased, JsonTypeNames.NameOf(erased)));
    }

    private Entry Parse(ITypeSymbol type)
    {
        var graph = new JsonGraph(compilation);
        var model = JsonTypeParser.Parse(type, graph);
        var leads = new List<ITypeSymbol>();
        while (graph.Take() is { } next)
        {
            leads.Add(next);
        }

        return new(model, leads);
    }

    /// <param name="Model">The model.</param>
    /// <param name="Leads">The types that its metadata refers to, each once.</param>
    internal sealed record Entry(JsonTypeModel Model, IReadOnlyList<ITypeSymbol> Leads);
}
