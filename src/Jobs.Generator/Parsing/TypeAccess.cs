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
            && (HasPublicPath(named) || compilation.IsSymbolAccessibleWithin(named, compilation.Assembly))
            && AllArguments(named, argument => CanBeNamed(argument, compilation)),
        _ => false,
    };

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
