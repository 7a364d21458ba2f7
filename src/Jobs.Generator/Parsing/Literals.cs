using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Parsing;

/// <summary>Constants as C# expressions.</summary>
internal static class Literals
{
    public static string Format(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>A constant of an attribute's argument; null when it has no value that C# could write.</summary>
    public static string? Format(TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Error or TypedConstantKind.Array } => null,
        { IsNull: true } => "null",
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => $"typeof({TypeNames.GetUnannotated(type)})",
        { Type: { } type, Value: { } value } => Format(value, type),
        _ => null,
    };

    /// <summary>A constant of a given type.</summary>
    public static string Format(object? value, ITypeSymbol type)
    {
        if (value is null)
        {
            return "default";
        }

        var underlying = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return underlying.TypeKind == TypeKind.Enum
            ? FormatEnum(value, (INamedTypeSymbol)underlying)
            : FormatPrimitive(value);
    }

    private static string FormatEnum(object value, INamedTypeSymbol type)
    {
        var name = TypeNames.GetQualified(type);
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && Equals(field.ConstantValue, value))
            {
                return name + "." + Identifiers.Escape(field.Name);
            }
        }

        return $"({name})({Convert.ToString(value, CultureInfo.InvariantCulture)})";
    }

    private static string FormatPrimitive(object value) => value switch
    {
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        sbyte or byte or short or ushort => $"({value.GetType().Name switch
        {
            nameof(SByte) => "sbyte",
            nameof(Byte) => "byte",
            nameof(Int16) => "short",
            _ => "ushort",
        }})({Convert.ToString(value, CultureInfo.InvariantCulture)})",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "U",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
    };
}
