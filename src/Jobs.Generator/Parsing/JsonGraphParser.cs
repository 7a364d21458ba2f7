using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>From the types of inputs and results to the models of every type within their graphs.</summary>
internal static class JsonGraphParser
{
    /// <summary>The closure of the types that need metadata for <paramref name="roots"/>, ordered by name.</summary>
    public static EquatableArray<JsonTypeModel> Parse(IReadOnlyList<ITypeSymbol> roots, Compilation compilation, CancellationToken cancellationToken)
    {
        var graph = new JsonGraph(compilation);
        foreach (var root in roots)
        {
            graph.Add(root);
        }

        var models = new List<JsonTypeModel>();
        while (graph.Take() is { } type)
        {
            cancellationToken.ThrowIfCancellationRequested();
            models.Add(JsonTypeParser.Parse(type, graph));
        }

        return models.OrderBy(static model => model.TypeName, StringComparer.Ordinal).ToEquatableArray();
    }
}
