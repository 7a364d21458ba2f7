using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>Finds attributes and puts their arguments into code.</summary>
internal static class JsonAttributes
{
    private const string Serialization = "System.Text.Json.Serialization";

    /// <summary>An attribute of System.Text.Json, by its name without the suffix.</summary>
    public static AttributeData? Find(ISymbol symbol, string name) => symbol.GetAttributes() is { IsEmpty: false } attributes ? Find(attributes, Serialization, name + "Attribute") : null;

    public static AttributeData? Find(ISymbol symbol, string containingNamespace, string name) => Find(symbol.GetAttributes(), containingNamespace, name);

    public static AttributeData? Find(ImmutableArray<AttributeData> attributes, string containingNamespace, string name)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.AttributeClass is { } type && IsNamed(type, containingNamespace, name))
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    /// <summary>The attribute of a converter, which may be of a derived class.</summary>
    public static AttributeData? FindConverter(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (IsNamed(type, Serialization, "JsonConverterAttribute"))
                {
                    return attribute;
                }
            }
        }

        return null;
    }

    public static bool IsNamed(INamedTypeSymbol type, string containingNamespace, string name) =>
        type.Name == name && type.ContainingType is null && FrameworkTypes.IsNamespace(type.ContainingNamespace, containingNamespace);

    /// <summary>A single value among the constructor's arguments; null without the attribute or so many arguments.</summary>
    public static object? ArgumentOf(AttributeData? attribute, int index = 0) =>
        attribute is not null && attribute.ConstructorArguments.Length > index && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array } argument
            ? argument.Value
            : null;

    /// <summary>The first argument of an attribute that takes an enum value, as code.</summary>
    public static string? EnumArgument(ISymbol symbol, string name)
    {
        if (Find(symbol, name) is not { ConstructorArguments.Length: 1 } attribute
            || attribute.ConstructorArguments[0] is not { Kind: TypedConstantKind.Enum, Type: { } type, Value: { } value })
        {
            return null;
        }

        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && Equals(field.ConstantValue, value))
            {
                return $"{JsonTypeNames.NameOf(type)}.{field.Name}";
            }
        }

        return $"({JsonTypeNames.NameOf(type)}){value}";
    }

    /// <summary>Whether using the symbol is an error, which no pragma suppresses.</summary>
    public static bool IsObsoleteAsError(ISymbol symbol) =>
        ArgumentOf(Find(symbol, "System", "ObsoleteAttribute"), 1) is true;

    /// <summary>Whether calling the symbol draws warnings in trimmed or natively compiled applications.</summary>
    public static bool IsUnsafeForTrimming(ISymbol? symbol)
    {
        if (symbol is null)
        {
            return false;
        }

        const string CodeAnalysis = "System.Diagnostics.CodeAnalysis";
        return Find(symbol, CodeAnalysis, "RequiresUnreferencedCodeAttribute") is not null
            || Find(symbol, CodeAnalysis, "RequiresDynamicCodeAttribute") is not null;
    }

    /// <summary>Adds the diagnostics that naming the type causes, by itself, by a type that it is made of or by its assembly.</summary>
    public static void AddDiagnosticsOfType(ITypeSymbol type, ICollection<string> diagnostics)
    {
        while (type is IArrayTypeSymbol array)
        {
            type = array.ElementType;
        }

        for (var named = type as INamedTypeSymbol; named is not null; named = named.ContainingType)
        {
            AddDiagnosticsOf(named, diagnostics);
            foreach (var argument in named.TypeArguments)
            {
                AddDiagnosticsOfType(argument, diagnostics);
            }
        }

        if (type is INamedTypeSymbol { SpecialType: SpecialType.None, ContainingAssembly: { } assembly })
        {
            AddDiagnosticsOf(assembly, diagnostics);
        }
    }

    /// <summary>Adds the diagnostics that any use of the symbol causes and a pragma suppresses.</summary>
    public static void AddDiagnosticsOf(ISymbol symbol, ICollection<string> diagnostics)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type)
            {
                continue;
            }

            if (IsNamed(type, "System.Diagnostics.CodeAnalysis", "ExperimentalAttribute") && ArgumentOf(attribute) is string id)
            {
                diagnostics.Add(id);
            }

            if (IsNamed(type, "System", "ObsoleteAttribute"))
            {
                foreach (var argument in attribute.NamedArguments)
                {
                    if (argument is { Key: "DiagnosticId", Value.Value: string diagnosticId })
                    {
                        diagnostics.Add(diagnosticId);
                    }
                }
            }
        }
    }
}
