using Jobs.Generator.Models;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Analyzers;

/// <summary>Everything that an input or result is made of, with the way to it.</summary>
internal sealed class TravelGraph
{
    private readonly Dictionary<string, TravelNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<TravelNode> _reached = [];
    private readonly ILookup<string, JsonEdge> _edges;

    private TravelGraph(ITypeSymbol root, JsonGraph graph, CancellationToken cancellationToken)
    {
        var name = graph.Add(root);
        while (graph.Take() is { } type)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _nodes[JsonTypeNames.NameOf(type)] = new TravelNode(type, JsonTypeParser.Parse(type, graph));
        }

        _edges = graph.Edges.ToLookup(static edge => edge.From, StringComparer.Ordinal);
        Reach(name);
    }

    /// <summary>The types that are reached, nearest first.</summary>
    public IReadOnlyList<TravelNode> Nodes => _reached;

    public static TravelGraph Create(ITypeSymbol root, Compilation compilation, CancellationToken cancellationToken) => new(root, new JsonGraph(compilation), cancellationToken);

    /// <summary>
    /// Members that refer to a type which contains them in a collection: parents. A type that merely contains its own kind is a list
    /// or a tree, and may well end.
    /// </summary>
    public IEnumerable<(TravelNode Back, ITypeSymbol Whole)> FindBackReferences()
    {
        foreach (var child in _reached)
        {
            foreach (var edge in _edges[JsonTypeNames.NameOf(child.Type)])
            {
                if (edge is { Member: IPropertySymbol or IFieldSymbol, IsRead: true } && _nodes.TryGetValue(edge.To, out var parent)
                    && parent.Model.Kind == JsonTypeKind.Object && parent.Type.IsReferenceType && ContainsMany(edge.To, edge.From))
                {
                    var place = new TravelNode(child.Type, child.Model) { Path = $"{child.Path}.{edge.Member.Name}", Location = LocationOf(edge.Member) ?? child.Location };
                    yield return (place, parent.Type);
                }
            }
        }
    }

    /// <summary>Whether a member of the one type is a collection of the other.</summary>
    private bool ContainsMany(string whole, string part) => _edges[whole].Any(edge =>
        edge.Member is not null && _nodes.TryGetValue(edge.To, out var node) && node.Model.Kind == JsonTypeKind.Collection && _edges[edge.To].Any(element => element.To == part));

    private void Reach(string root)
    {
        var open = new Queue<string>([root]);
        var start = _nodes[root];
        (start.Path, start.IsRead, start.IsReached) = (Names.Short(start.Type), true, true);
        _reached.Add(start);
        while (open.Count > 0)
        {
            var name = open.Dequeue();
            var from = _nodes[name];
            foreach (var edge in _edges[name])
            {
                if (!_nodes.TryGetValue(edge.To, out var to) || (to.IsReached && (to.IsRead || !from.IsRead || !edge.IsRead)))
                {
                    continue;
                }

                if (!to.IsReached)
                {
                    _reached.Add(to);
                }

                to.IsReached = true;
                to.IsRead = from.IsRead && edge.IsRead;
                to.Path = from.Path + Step(edge, from);
                to.Location = LocationOf(edge.Member) ?? from.Location;
                open.Enqueue(edge.To);
            }
        }
    }

    private static string Step(JsonEdge edge, TravelNode from) => edge.Member is { } member
        ? "." + (member is IParameterSymbol parameter ? PropertyName(parameter) : member.Name)
        : from.Model.Kind == JsonTypeKind.Collection ? "[]" : "";

    private static string PropertyName(IParameterSymbol parameter) =>
        parameter.ContainingType.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))?.Name ?? parameter.Name;

    private static Location? LocationOf(ISymbol? member) => member?.Locations.FirstOrDefault(static location => location.IsInSource);
}
