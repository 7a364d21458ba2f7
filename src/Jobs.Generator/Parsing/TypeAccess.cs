using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Who can name a type.</summary>
internal static class TypeAccess
{
    /// <summary>Emitted code of this compilation can name it.</summary>
    public static bool CanBeNamed(ITypeSymbol type, Compilation compilation) => type switch
    {
        IErrorTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol or ITypeParameterSymbol => false,
        IArrayTypeSymbol array => CanBeNamed(array.ElementType, compilation),
        IDynamicTypeSymbol => true,
        INamedTypeSymbol named => !IsFileLocal(named)
            && (HasPublicPath(named) || IsAccessible(named, compilation))
            && AllArguments(named, argument => CanBeNamed(argument, compilation)),
        _ => false,
    };

    /// <summary>
    /// What <see cref="Compilation.IsSymbolAccessibleWithin"/> says, without the look through all references that it starts with:
    /// what is public throughout needs none, and neither does what is internal here.
    /// </summary>
    public static bool IsAccessible(ISymbol symbol, Compilation compilation)
    {
        // A type parameter's container is the generic type whose arguments it may have been reached from.
        if (symbol is ITypeParameterSymbol)
        {
            return true;
        }

        for (var current = symbol; current is not (null or INamespaceSymbol); current = current.ContainingSymbol)
        {
            if (!IsOpen(current, compilation))
            {
                return compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly);
            }
        }

        return true;
    }

    private static bool IsOpen(ISymbol symbol, Compilation compilation) => symbol switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType, compilation),
        INamedTypeSymbol { IsUnboundGenericType: false } type => HasOpenAccess(type, compilation) && AreAccessible(type.TypeArguments, compilation),
        IMethodSymbol or IPropertySymbol or IFieldSymbol => HasOpenAccess(symbol, compilation),
        _ => false,
    };

    private static bool AreAccessible(ImmutableArray<ITypeSymbol> types, Compilation compilation)
    {
        foreach (var type in types)
        {
            if (!IsAccessible(type, compilation))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOpenAccess(ISymbol symbol, Compilation compilation) =>
        symbol.DeclaredAccessibility == Accessibility.Public
        || (symbol.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal && SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly));

    /// <summary>Everyone can name it.</summary>
    public static bool IsPublic(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPublic(array.ElementType),
        INamedTypeSymbol named => HasPublicPath(named) && AllArguments(named, IsPublic),
        _ => true,
    };

    private static bool HasPublicPath(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.NotApplicable))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsFileLocal(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AllArguments(INamedTypeSymbol type, Func<ITypeSymbol, bool> predicate)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            foreach (var argument in current.TypeArguments)
            {
                if (!predicate(argument))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
