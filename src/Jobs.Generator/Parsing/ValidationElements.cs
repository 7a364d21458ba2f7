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

            // The compiler's own value types are many members' types, and none of them is a collection.
            case INamedTypeSymbol { SpecialType: not SpecialType.System_String } named when named.SpecialType == SpecialType.None || !named.IsValueType:
                return Of(named);

            default:
                return null;
        }
    }

    private static ValidationElements? Of(INamedTypeSymbol type)
    {
        const string Space = "System.Collections.Generic";
        var bases = new BaseTypes(type);
        var isOurs = ValidationShapes.IsFrameworkType(type);
        if ((bases.Find(Space, "IDictionary", 2) ?? bases.Find(Space, "IReadOnlyDictionary", 2)) is { } dictionary)
        {
            var pairs = isOurs ? null : $"global::{Space}.IEnumerable<global::{Space}.KeyValuePair<{Argument(dictionary, 0)}, {Argument(dictionary, 1)}>>";
            return new(dictionary.Types[1], dictionary.Annotations[1], ValidatedElementsAccess.Dictionary, pairs);
        }

        if (bases.Find(Space, "IEnumerable", 1) is { } enumerable)
        {
            var access = isOurs ? FrameworkAccess(type) : ValidatedElementsAccess.Enumerate;
            return new(enumerable.Types[0], enumerable.Annotations[0], access, isOurs ? null : $"global::{Space}.IEnumerable<{Argument(enumerable, 0)}>");
        }

        return null;
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

    private static string Argument(BaseTypeArguments arguments, int index)
    {
        var name = ValidationNames.CSharpName(arguments.Types[index]);
        return arguments.Types[index].IsReferenceType && arguments.Annotations[index] == NullableAnnotation.Annotated ? name + "?" : name;
    }
}
