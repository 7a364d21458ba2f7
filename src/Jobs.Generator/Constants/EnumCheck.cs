using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>Whether a value is one of an enum's.</summary>
internal static class EnumCheck
{
    /// <summary>Null when it cannot be told.</summary>
    public static bool? IsDefined(ConstantScalar scalar, INamedTypeSymbol type)
    {
        switch (scalar.Value)
        {
            case "":
                return true;
            case string text:
                return IsName(text, type);
            case bool or float or double or decimal or char:
                return false;
        }

        if (scalar.Enum is { } own && !SymbolEqualityComparer.Default.Equals(own, type))
        {
            return false;
        }

        return IsDefined(ToBits(scalar.Value!), type);
    }

    /// <summary>A flags value counts as long as it can be written with names.</summary>
    private static bool IsCombination(ulong bits, ulong[] values)
    {
        if (bits == 0)
        {
            return values.Contains(0ul);
        }

        var rest = bits;
        foreach (var value in values.OrderByDescending(static value => value))
        {
            if (value != 0 && (rest & value) == value)
            {
                rest &= ~value;
            }
        }

        return rest == 0;
    }

    /// <summary>As the framework reads text: a number, or names between commas, in their exact case.</summary>
    private static bool? IsName(string text, INamedTypeSymbol type)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > 0 && trimmed[0] is (>= '0' and <= '9') or '-' or '+'
            && decimal.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            // Beyond an int, whether the enum's own type holds the number is left to the run.
            return number is >= int.MinValue and <= int.MaxValue && type.EnumUnderlyingType?.SpecialType == SpecialType.System_Int32
                ? IsDefined(new ConstantScalar((int)number, null), type)
                : null;
        }

        var bits = 0ul;
        foreach (var part in trimmed.Split(','))
        {
            if (type.GetMembers(part.Trim()).OfType<IFieldSymbol>().FirstOrDefault(static field => field.HasConstantValue) is not { } field)
            {
                return false;
            }

            bits |= ToBits(field.ConstantValue!);
        }

        return IsDefined(bits, type);
    }

    private static bool IsDefined(ulong bits, INamedTypeSymbol type)
    {
        var values = type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).Select(static field => ToBits(field.ConstantValue!)).ToArray();
        return IsFlags(type) ? IsCombination(bits, values) : values.Contains(bits);
    }

    private static bool IsFlags(INamedTypeSymbol type) => type.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute");

    private static ulong ToBits(object value) => value is ulong bits ? bits : unchecked((ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture));
}
