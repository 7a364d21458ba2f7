using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Generator.Parsing;

/// <summary>Constants as code.</summary>
internal static class JsonLiterals
{
    public static string Of(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A parameter's default value, boxed as the parameter's type.</summary>
    public static string Of(object? value, ITypeSymbol type)
    {
        if (value is null)
        {
            return "null";
        }

        var target = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        var invariant = CultureInfo.InvariantCulture;
        var literal = value switch
        {
            string text => Of(text),
            char character => SymbolDisplay.FormatLiteral(character, quote: true),
            bool flag => flag ? "true" : "false",
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            double number => number.ToString("R", invariant) + "d",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            float number => number.ToString("R", invariant) + "f",
            decimal number => number.ToString(invariant) + "m",
            long number => number.ToString(invariant) + "L",
            ulong number => number.ToString(invariant) + "UL",
            _ => Convert.ToString(value, invariant),
        };
        return $"({JsonTypeNames.NameOf(target)})({literal})";
    }
}
