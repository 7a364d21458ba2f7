using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>
/// What a type derives from and implements, itself first. Looked for on the type's definition, whose interfaces the compiler makes
/// once: those of each construction would be made anew, and nearly every job has collections of a type of its own.
/// </summary>
internal sealed class BaseTypes
{
    private readonly INamedTypeSymbol _type;
    private readonly ImmutableArray<INamedTypeSymbol> _ofDefinition;

    public BaseTypes(INamedTypeSymbol type)
    {
        _type = type;
        _ofDefinition = Of(type.OriginalDefinition);
    }

    /// <summary>The type arguments of a type that it is or derives from; null when it does not.</summary>
    /// <param name="containingNamespace">The wanted type's namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="arity">How many type parameters it has.</param>
    public BaseTypeArguments? Find(string containingNamespace, string name, int arity)
    {
        if (Find(_ofDefinition, containingNamespace, name, arity) is not { } found)
        {
            return null;
        }

        if (SymbolEqualityComparer.Default.Equals(_type, _type.OriginalDefinition))
        {
            return ArgumentsOf(found);
        }

        return Substitute(found) ?? (Find(Of(_type), containingNamespace, name, arity) is { } constructed ? ArgumentsOf(constructed) : null);
    }

    private static BaseTypeArguments ArgumentsOf(INamedTypeSymbol found) => new(found.TypeArguments, found.TypeArgumentNullableAnnotations);

    /// <summary>The arguments, if each is a parameter of the definition as it is: then the construction says what it stands for.</summary>
    private BaseTypeArguments? Substitute(INamedTypeSymbol found)
    {
        var arguments = ImmutableArray.CreateBuilder<ITypeSymbol>(found.Arity);
        var annotations = ImmutableArray.CreateBuilder<NullableAnnotation>(found.Arity);
        for (var i = 0; i < found.Arity; i++)
        {
            if (found.TypeArguments[i] is not ITypeParameterSymbol { Ordinal: var ordinal } parameter
                || found.TypeArgumentNullableAnnotations[i] != NullableAnnotation.NotAnnotated
                || !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, _type.OriginalDefinition))
            {
                return null;
            }

            arguments.Add(_type.TypeArguments[ordinal]);
            annotations.Add(_type.TypeArgumentNullableAnnotations[ordinal]);
        }

        return new(arguments.MoveToImmutable(), annotations.MoveToImmutable());
    }

    private static ImmutableArray<INamedTypeSymbol> Of(INamedTypeSymbol type)
    {
        var interfaces = type.AllInterfaces;
        var all = ImmutableArray.CreateBuilder<INamedTypeSymbol>(interfaces.Length + 2);
        for (var current = type; current is not null; current = current.BaseType)
        {
            all.Add(current);
        }

        all.AddRange(interfaces);
        return all.ToImmutable();
    }

    private static INamedTypeSymbol? Find(ImmutableArray<INamedTypeSymbol> types, string containingNamespace, string name, int arity)
    {
        foreach (var candidate in types)
        {
            if (candidate.Arity == arity && JsonAttributes.IsNamed(candidate, containingNamespace, name))
            {
                return candidate;
            }
        }

        return null;
    }
}
