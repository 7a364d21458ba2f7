using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>From the types of inputs and results to the models of every type within their graphs.</summary>
internal static class JsonGraphParser
{
    /// <summary>The closure of the types that need metadata for <paramref name="roots"/>, ordered by name.</summary>
    public static EquatableArray<JsonTypeModel> Parse(IReadOnlyList<ITypeSymbol> roots, Compilation compilation, CancellationToken cancellationToken)
    {
        var known = JsonTypeModels.Of(compilation);
        var models = new SortedDictionary<string, JsonTypeModel>(StringComparer.Ordinal);
        var waiting = new Queue<ITypeSymbol>();
        foreach (var root in roots)
        {
            waiting.Enqueue(known.Erase(root).Type);
        }

        while (waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (model, leads) = known.Get(waiting.Dequeue());
            if (models.ContainsKey(model.TypeName))
            {
                continue;
            }

            models.Add(model.TypeName, model);
            foreach (var lead in leads)
            {
                waiting.Enqueue(lead);
            }
        }

        return models.Values.ToEquatableArray();
    }
}
