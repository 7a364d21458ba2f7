using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The elements of a collection type, or the values of a dictionary type.</summary>
internal sealed class ValidationElements(ITypeSymbol type, NullableAnnotation annotation, ValidatedElementsAccess access, string? enumerateAs)
{
    public ITypeSymbol Type => type;

    public ValidatedElementsAccess Access => access;

    /// <summary>For types that people wrote: the interface to enumerate by, whatever their own enumerator is.</summary>
    public string? EnumerateAs => enumerateAs;

    /// <summary>What is to be said about nulls among the elements.</summary>
    public ValidatedMissingElements MissingElements =>
        !type.IsReferenceType || annotation != NullableAnnotation.NotAnnotated ? ValidatedMissingElements.Allowed
        : access == ValidatedElementsAccess.Dictionary ? ValidatedMissingElements.NoValue
        : ValidatedMissingElements.NoElement;

    /// <summary>Null when the type is no collection.</summary>
    public static ValidationElements? Of(ITypeSymbol collection)
    {
        switch (collection)
        {
            case IArrayTypeSymbol { Rank: 1 } array:
                return new(array.ElementType, array.ElementNullableAnnotation, ValidatedElementsAccess.Length, null);

            case INamedTypeSymbol { SpecialType: not SpecialType.System_String } named:
                var isOurs = ValidationShapes.IsFrameworkType(named);
                if ((FindInterface(named, "IDictionary", 2) ?? FindInterface(named, "IReadOnlyDictionary", 2)) is { } dictionary)
                {
                    var pair = $"global::System.Collections.Generic.KeyValuePair<{Argument(dictionary, 0)}, {Argument(dictionary, 1)}>";
                    return new(dictionary.TypeArguments[1], dictionary.TypeArgumentNullableAnnotations[1], ValidatedElementsAccess.Dictionary, isOurs ? null : $"global::System.Collections.Generic.IEnumerable<{pair}>");
                }

                if (FindInterface(named, "IEnumerable", 1) is { } enumerable)
                {
                    var access = isOurs ? FrameworkAccess(named) : ValidatedElementsAccess.Enumerate;
                    return new(enumerable.TypeArguments[0], enumerable.TypeArgumentNullableAnnotations[0], access, isOurs ? null : $"global::System.Collections.Generic.IEnumerable<{Argument(enumerable, 0)}>");
                }

                return null;

            default:
                return null;
        }
    }

    private static ValidatedElementsAccess FrameworkAccess(INamedTypeSymbol type)
    {
        var (space, access) = type is not { Arity: 1, ContainingType: null } ? default : type.Name switch
        {
            "ImmutableArray" => ("System.Collections.Immutable", ValidatedElementsAccess.ImmutableArray),
            "List" or "IList" or "IReadOnlyList" => ("System.Collections.Generic", ValidatedElementsAccess.Count),
            "Collection" or "ReadOnlyCollection" or "ObservableCollection" => ("System.Collections.ObjectModel", ValidatedElementsAccess.Count),
            _ => default,
        };
        return space is not null && FrameworkTypes.IsNamespace(type.ContainingNamespace, space) ? access : ValidatedElementsAccess.Enumerate;
    }

    private static INamedTypeSymbol? FindInterface(INamedTypeSymbol type, string name, int arity)
    {
        if (IsCollectionInterface(type, name, arity))
        {
            return type;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (IsCollectionInterface(contract, name, arity))
            {
                return contract;
            }
        }

        return null;
    }

    private static bool IsCollectionInterface(INamedTypeSymbol type, string name, int arity) =>
        type.TypeKind == TypeKind.Interface && type.Arity == arity && type.Name == name
        && FrameworkTypes.IsNamespace(type.ContainingNamespace, "System.Collections.Generic");

    private static string Argument(INamedTypeSymbol type, int index)
    {
        var name = ValidationNames.CSharpName(type.TypeArguments[index]);
        return type.TypeArguments[index].IsReferenceType && type.TypeArgumentNullableAnnotations[index] == NullableAnnotation.Annotated ? name + "?" : name;
    }
}
