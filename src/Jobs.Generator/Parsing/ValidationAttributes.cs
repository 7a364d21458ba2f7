using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Which attributes the framework's validator would see, by the rules of its type descriptors.</summary>
internal static class ValidationAttributes
{
    public const string FrameworkNamespace = "System.ComponentModel.DataAnnotations";

    /// <summary>The validation attributes of a property: of several with one identity, the last one, most derived declaration last.</summary>
    public static IReadOnlyList<AttributeData> OfMember(IReadOnlyList<ISymbol> declarations)
    {
        var attributes = new List<AttributeData>();
        foreach (var declaration in declarations)
        {
            AddValidating(declaration, attributes);
        }

        attributes.Reverse();
        RemoveDoubles(attributes);
        attributes.Reverse();
        return attributes;
    }

    /// <summary>The validation attributes of a type: of several with one identity, the first one, most derived type first.</summary>
    public static IReadOnlyList<AttributeData> OfType(ITypeSymbol type)
    {
        var attributes = new List<AttributeData>();
        foreach (var level in SelfAndBases(type))
        {
            AddValidating(level, attributes);
        }

        RemoveDoubles(attributes);
        return attributes;
    }

    /// <summary>The [Display] that counts for a property.</summary>
    public static AttributeData? DisplayOfMember(IEnumerable<ISymbol> declarations) =>
        declarations.SelectMany(declaration => declaration.GetAttributes()).LastOrDefault(IsDisplay);

    /// <summary>The [Display] that counts for a type.</summary>
    public static AttributeData? DisplayOfType(ITypeSymbol type) =>
        SelfAndBases(type).SelectMany(level => level.GetAttributes()).FirstOrDefault(IsDisplay);

    /// <summary>Whether the attribute is exactly this one of the framework's, not one derived from it.</summary>
    public static bool IsFramework(AttributeData attribute) => IsFramework(attribute.AttributeClass!);

    public static bool IsValidationAttribute(INamedTypeSymbol? type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Name == "ValidationAttribute" && IsFramework(ancestor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a class between the attribute and the framework's base overrides a method of this name and number of parameters.</summary>
    public static bool Overrides(INamedTypeSymbol attribute, string method, int parameters)
    {
        for (var level = attribute; level is not null && !(level.Name == "ValidationAttribute" && IsFramework(level)); level = level.BaseType)
        {
            if (level.GetMembers(method).OfType<IMethodSymbol>().Any(member => member.IsOverride && member.Parameters.Length == parameters))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFramework(INamedTypeSymbol type) => FrameworkTypes.IsNamespace(type.ContainingNamespace, FrameworkNamespace);

    private static bool IsDisplay(AttributeData attribute) => attribute.AttributeClass is { Name: "DisplayAttribute" } type && IsFramework(type);

    private static void AddValidating(ISymbol declaration, List<AttributeData> attributes)
    {
        foreach (var attribute in declaration.GetAttributes())
        {
            if (attribute.AttributeConstructor is not null && IsValidationAttribute(attribute.AttributeClass))
            {
                attributes.Add(attribute);
            }
        }
    }

    private static IEnumerable<ITypeSymbol> SelfAndBases(ITypeSymbol type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            yield return level;
        }
    }

    /// <summary>The first of each identity, in the order in which they are given.</summary>
    private static void RemoveDoubles(List<AttributeData> attributes)
    {
        if (attributes.Count < 2)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);

        // An attribute that has an identity of its own (TypeId) may be there several times.
        attributes.RemoveAll(attribute => Identity(attribute) is { } identity && !seen.Add(identity));
    }

    private static string? Identity(AttributeData attribute)
    {
        var type = attribute.AttributeClass!;
        var name = ValidationNames.Key(type);
        if (type.Name == "CustomValidationAttribute" && IsFramework(type))
        {
            return name + ValidationConstants.Arguments(attribute).Split('{')[0];
        }

        for (var level = type; level is { SpecialType: SpecialType.None }; level = level.BaseType)
        {
            if (level.GetMembers("TypeId").Any(member => member.IsOverride))
            {
                return null;
            }

            if (level.Name == "Attribute" && level.ContainingNamespace.Name == "System")
            {
                break;
            }
        }

        return name;
    }
}
