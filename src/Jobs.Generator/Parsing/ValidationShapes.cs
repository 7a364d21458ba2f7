using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>What a validator sees in a type.</summary>
internal static class ValidationShapes
{
    /// <summary>Whether the type belongs to the platform, whose objects are values to a validator. Pairs are containers.</summary>
    public static bool IsFrameworkType(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space is { Name: "System" } && !IsPair(type);
    }

    public static bool IsNullableValue(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    public static ITypeSymbol WithoutNullable(ITypeSymbol type) =>
        IsNullableValue(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    public static bool CanBeNull(ITypeSymbol type) => type.IsReferenceType || IsNullableValue(type);

    /// <summary>Whether objects of the type have members that may be checked.</summary>
    public static bool HasMembers(ITypeSymbol type) =>
        type is INamedTypeSymbol
        {
            TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface,
            SpecialType: SpecialType.None,
            IsRefLikeType: false,
            IsAnonymousType: false,
        }
        && !IsFrameworkType(type);

    /// <summary>The member that counts characters or elements, when emitted code can name it: <c>Length</c> or <c>Count</c>.</summary>
    public static string? CountProperty(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String || type is IArrayTypeSymbol { Rank: 1 })
        {
            return "Length";
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Interface } contract)
        {
            var counts = contract.AllInterfaces.Add(contract).SelectMany(i => i.GetMembers("Count")).ToArray();
            return counts.Length == 1 && IsCount(counts[0]) ? "Count" : null;
        }

        for (var ancestor = type; ancestor is { IsReferenceType: true }; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers("Count").FirstOrDefault() is { } member)
            {
                return IsCount(member) ? "Count" : null;
            }
        }

        return null;
    }

    private static bool IsCount(ISymbol member) => member is IPropertySymbol
    {
        DeclaredAccessibility: Accessibility.Public,
        IsStatic: false,
        Type.SpecialType: SpecialType.System_Int32,
        GetMethod.DeclaredAccessibility: Accessibility.Public,
    };

    private static bool IsPair(ITypeSymbol type) =>
        type.Name == "KeyValuePair" && FrameworkTypes.IsNamespace(type.ContainingNamespace, "System.Collections.Generic");
}
