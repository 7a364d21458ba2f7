using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Arrays, collections and dictionaries, tried in the order in which System.Text.Json tries them.</summary>
internal static class JsonCollectionParser
{
    private const string Untyped = "System.Collections";
    private const string Generic = "System.Collections.Generic";
    private const string Concurrent = "System.Collections.Concurrent";
    private const string Immutable = "System.Collections.Immutable";

    /// <summary>The interface or base class that decides, and the method of <c>JsonMetadataServices</c> that goes with it.</summary>
    private static readonly (string Namespace, string Name, int Arity, string Factory)[] Kinds =
    [
        (Generic, "List", 1, "CreateListInfo"),
        (Generic, "Dictionary", 2, "CreateDictionaryInfo"),
        (Generic, "IDictionary", 2, "CreateIDictionaryInfo"),
        (Generic, "IReadOnlyDictionary", 2, "CreateIReadOnlyDictionaryInfo"),
        (Generic, "IList", 1, "CreateIListInfo"),
        (Generic, "ISet", 1, "CreateISetInfo"),
        (Generic, "ICollection", 1, "CreateICollectionInfo"),
        (Generic, "Stack", 1, "CreateStackInfo"),
        (Generic, "Queue", 1, "CreateQueueInfo"),
        (Concurrent, "ConcurrentStack", 1, "CreateConcurrentStackInfo"),
        (Concurrent, "ConcurrentQueue", 1, "CreateConcurrentQueueInfo"),
        (Generic, "IEnumerable", 1, "CreateIEnumerableInfo"),
    ];

    /// <summary>The interfaces that the serializer reads into a list, set or dictionary of its own choice.</summary>
    private static readonly HashSet<string> ReadableInterfaces = new(StringComparer.Ordinal)
    {
        "IEnumerable", "ICollection", "IList", "IReadOnlyCollection", "IReadOnlyList", "ISet", "IDictionary", "IReadOnlyDictionary",
    };

    public static JsonTypeModel? Parse(JsonTypeModel model, ITypeSymbol type, JsonGraph graph)
    {
        if (type is IArrayTypeSymbol array)
        {
            return Collection(model, $"CreateArrayInfo<{graph.Add(array.ElementType)}>");
        }

        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        if (JsonAttributes.IsNamed(named, "System", "Memory") || JsonAttributes.IsNamed(named, "System", "ReadOnlyMemory"))
        {
            return Collection(model, $"Create{named.Name}Info<{graph.Add(named.TypeArguments[0])}>");
        }

        var bases = new BaseTypes(named);
        if (bases.Find(Untyped, "IEnumerable", 0) is null)
        {
            return bases.Find(Generic, "IAsyncEnumerable", 1) is null
                ? null
                : model with { Problem = "an asynchronous sequence can't be written in one piece; use a list" };
        }

        return ParseImmutable(model, named, graph) ?? ParseGeneric(model, named, bases, graph) ?? ParseUntyped(model, named, bases, graph);
    }

    private static JsonTypeModel? ParseGeneric(JsonTypeModel model, INamedTypeSymbol type, BaseTypes bases, JsonGraph graph)
    {
        foreach (var (space, name, arity, factory) in Kinds)
        {
            if (bases.Find(space, name, arity) is { } match)
            {
                var arguments = string.Join(", ", match.Types.Select(graph.Add));
                return WithCreator(model, type, $"{factory}<{model.TypeName}, {arguments}>", graph);
            }
        }

        return null;
    }

    /// <summary>Immutable collections, recognized by their exact types and filled in one go.</summary>
    private static JsonTypeModel? ParseImmutable(JsonTypeModel model, INamedTypeSymbol type, JsonGraph graph)
    {
        if (type.ContainingType is not null || !FrameworkTypes.IsNamespace(type.ContainingNamespace, Immutable))
        {
            return null;
        }

        var (factory, creator) = (type.Name, type.Arity) switch
        {
            ("ImmutableDictionary" or "IImmutableDictionary", 2) => ("CreateImmutableDictionaryInfo", "ImmutableDictionary"),
            ("ImmutableSortedDictionary", 2) => ("CreateImmutableDictionaryInfo", "ImmutableSortedDictionary"),
            ("ImmutableArray" or "ImmutableSortedSet" or "ImmutableHashSet", 1) => ("CreateImmutableEnumerableInfo", type.Name),
            ("ImmutableList" or "IImmutableList", 1) => ("CreateImmutableEnumerableInfo", "ImmutableList"),
            ("ImmutableStack" or "IImmutableStack", 1) => ("CreateImmutableEnumerableInfo", "ImmutableStack"),
            ("ImmutableQueue" or "IImmutableQueue", 1) => ("CreateImmutableEnumerableInfo", "ImmutableQueue"),
            ("IImmutableSet", 1) => ("CreateImmutableEnumerableInfo", "ImmutableHashSet"),
            _ => default,
        };
        if (factory is null)
        {
            return null;
        }

        var arguments = string.Join(", ", type.TypeArguments.Select(graph.Add));
        return Collection(model, $"{factory}<{model.TypeName}, {arguments}>", filler: $"global::{Immutable}.{creator}.CreateRange<{arguments}>");
    }

    private static JsonTypeModel ParseUntyped(JsonTypeModel model, INamedTypeSymbol type, BaseTypes bases, JsonGraph graph)
    {
        graph.AddWellKnown("System.Object");
        if (bases.Find(Untyped, "IDictionary", 0) is not null)
        {
            graph.AddWellKnown("System.String");
            return WithCreator(model, type, $"CreateIDictionaryInfo<{model.TypeName}>", graph);
        }

        if (bases.Find(Untyped, "IList", 0) is not null)
        {
            return WithCreator(model, type, $"CreateIListInfo<{model.TypeName}>", graph);
        }

        if (bases.Find(Untyped, "Stack", 0) is not null)
        {
            return WithCreator(model, type, $"CreateStackInfo<{model.TypeName}>", graph, "static (stack, item) => stack.Push(item)");
        }

        return bases.Find(Untyped, "Queue", 0) is not null
            ? WithCreator(model, type, $"CreateQueueInfo<{model.TypeName}>", graph, "static (queue, item) => queue.Enqueue(item)")
            : WithCreator(model, type, $"CreateIEnumerableInfo<{model.TypeName}>", graph);
    }

    private static JsonTypeModel WithCreator(JsonTypeModel model, INamedTypeSymbol type, string factory, JsonGraph graph, string? filler = null)
    {
        var accessors = new JsonAccessors(model.Identifier);
        var constructor = JsonConstructorParser.FindParameterless(type);
        var creator = constructor is not null || type.IsValueType ? JsonConstructorParser.Create(type, constructor, "", accessors, graph) : null;
        var canRead = type.TypeKind == TypeKind.Interface
            ? ReadableInterfaces.Contains(type.Name)
            : creator is not null && !factory.StartsWith("CreateIEnumerableInfo", StringComparison.Ordinal) && !factory.StartsWith("CreateIReadOnlyDictionaryInfo", StringComparison.Ordinal);
        return Collection(model, factory, creator, filler) with
        {
            Accessors = accessors.ToModels(),
            Problem = canRead ? null : "nothing says how to create and fill it; use a list, a set or a dictionary",
        };
    }

    private static JsonTypeModel Collection(JsonTypeModel model, string factory, string? creator = null, string? filler = null) => model with
    {
        Kind = JsonTypeKind.Collection,
        Collection = new JsonCollectionModel { Factory = factory, Creator = creator, Filler = filler },
    };
}
