using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Constants;

/// <summary>Collections that are written out: arrays, collection expressions, collection initializers.</summary>
internal static class ConstantCollections
{
    private const string Generic = "System.Collections.Generic";

    public static ConstantSequence? Evaluate(IOperation operation) => operation switch
    {
        IArrayCreationOperation { DimensionSizes.Length: 1 } array => Array(array),
        ICollectionExpressionOperation collection => Expression(collection),
        IObjectCreationOperation { Type: INamedTypeSymbol type, Arguments.IsEmpty: true } creation => New(creation, type),
        _ => null,
    };

    private static ConstantSequence? Array(IArrayCreationOperation array) => array.Initializer is { } initializer
        ? new ConstantSequence(initializer.ElementValues.Length, [.. initializer.ElementValues.Select(Element)])
        : array.DimensionSizes[0].ConstantValue is { HasValue: true, Value: int count } ? new ConstantSequence(count, []) : null;

    private static ConstantSequence Expression(ICollectionExpressionOperation collection)
    {
        var elements = collection.Elements.TakeWhile(static element => element is not ISpreadOperation).Select(Element).ToList();
        var isComplete = elements.Count == collection.Elements.Length;
        return new ConstantSequence(isComplete && (elements.Count == 0 || KeepsAll(collection.Type)) ? elements.Count : null, elements);
    }

    /// <summary>A set may hold less than what it is given.</summary>
    private static bool KeepsAll(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol { Arity: 1 } named => named.ContainingNamespace.ToDisplayString() switch
        {
            Generic => named.Name is "List" or "IEnumerable" or "ICollection" or "IList" or "IReadOnlyCollection" or "IReadOnlyList",
            "System.Collections.Immutable" => named.Name is "ImmutableArray" or "ImmutableList" or "IImmutableList",
            _ => false,
        },
        _ => false,
    };

    private static ConstantSequence? New(IObjectCreationOperation creation, INamedTypeSymbol type)
    {
        if (type.ContainingNamespace?.ToDisplayString() != Generic || ValidationElements.Of(type) is null)
        {
            return null;
        }

        if (creation.Initializer is null or { Initializers.IsEmpty: true })
        {
            return ConstantSequence.Empty;
        }

        var elements = new List<ConstantElement>();
        foreach (var initializer in creation.Initializer.Initializers)
        {
            if (initializer is not IInvocationOperation { TargetMethod.Name: "Add", Arguments: { Length: 1 } arguments })
            {
                return null;
            }

            elements.Add(Element(arguments[0].Value));
        }

        return type.Name == "List" ? new ConstantSequence(elements.Count, elements) : null;
    }

    private static ConstantElement Element(IOperation operation) => new(ConstantEvaluator.Evaluate(operation), operation.Syntax);
}
