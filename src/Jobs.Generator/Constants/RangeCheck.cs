using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Constants;

/// <summary>The attribute that asks for a value between two limits.</summary>
internal static class RangeCheck
{
    public static string? FindFailure(AttributeData attribute, ConstantScalar scalar, string name)
    {
        if (scalar.Value is string { Length: 0 } || ReadLimits(attribute) is not var (minimum, maximum) || scalar is { Value: null })
        {
            return null;
        }

        var isMinimumExclusive = attribute.Named<bool>("MinimumIsExclusive");
        var isMaximumExclusive = attribute.Named<bool>("MaximumIsExclusive");
        var order = minimum.CompareTo(maximum);
        if (order > 0 || (order == 0 && (isMinimumExclusive || isMaximumExclusive)))
        {
            // At run time that is an exception, about the attribute and not about the value.
            return null;
        }

        var isTyped = attribute.ConstructorArguments.Length == 3;
        if (isTyped && (scalar.Enum is not null || scalar.Value!.GetType() != minimum.GetType()))
        {
            return null;
        }

        if (IsInside(scalar.Value!, minimum, maximum, isMinimumExclusive, isMaximumExclusive))
        {
            return null;
        }

        var message = (isMinimumExclusive, isMaximumExclusive) switch
        {
            (true, true) => "The field {0} must be between {1} exclusive and {2} exclusive.",
            (true, false) => "The field {0} must be between {1} exclusive and {2}.",
            (false, true) => "The field {0} must be between {1} and {2} exclusive.",
            _ => "The field {0} must be between {1} and {2}.",
        };
        return RuleMessages.Format(attribute, message, name, minimum, maximum);
    }

    private static bool IsInside(object value, IComparable minimum, IComparable maximum, bool isMinimumExclusive, bool isMaximumExclusive)
    {
        object converted;
        try
        {
            converted = minimum switch
            {
                int => Convert.ToInt32(value, CultureInfo.InvariantCulture),
                double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
                _ => value,
            };
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }

        var fromMinimum = minimum.CompareTo(converted);
        var fromMaximum = maximum.CompareTo(converted);
        return (isMinimumExclusive ? fromMinimum < 0 : fromMinimum <= 0) && (isMaximumExclusive ? fromMaximum > 0 : fromMaximum >= 0);
    }

    private static (IComparable Minimum, IComparable Maximum)? ReadLimits(AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments;
        return arguments.Length switch
        {
            2 when arguments[0].Value is int minimum && arguments[1].Value is int maximum => (minimum, maximum),
            2 when arguments[0].Value is double minimum && arguments[1].Value is double maximum => (minimum, maximum),
            3 when arguments[0].Value is ITypeSymbol type && Read(type, arguments[1].Value as string) is { } minimum && Read(type, arguments[2].Value as string) is { } maximum
                => (minimum, maximum),
            _ => null,
        };
    }

    /// <summary>A limit that is given as text, read as in the invariant culture.</summary>
    private static IComparable? Read(ITypeSymbol type, string? text)
    {
        var culture = CultureInfo.InvariantCulture;
        return type.SpecialType switch
        {
            SpecialType.System_SByte when sbyte.TryParse(text, NumberStyles.Integer, culture, out var value) => value,
            SpecialType.System_Byte when byte.TryParse(text, NumberStyles.Integer, culture, out var value) => value,
            SpecialType.System_Int16 when short.TryParse(text, NumberStyles.Integer, culture, out var value) => value,
            SpecialType.System_UInt16 when ushort.TryParse(text, NumberStyles.Integer, culture, out var value) => value,
            SpecialType.System_Int32 when int.TryParse(text, NumberStyles.Integer, culture, out var value) => value,
            SpecialType.System_UInt32 when uint.TryParse(text, NumberStyles.Integer, culture, out var value) => value,
            SpecialType.System_Int64 when long.TryParse(text, NumberStyles.Integer, culture, out var value) => value,
            SpecialType.System_UInt64 when ulong.TryParse(text, NumberStyles.Integer, culture, out var value) => value,
            SpecialType.System_Single when float.TryParse(text, NumberStyles.Float, culture, out var value) => value,
            SpecialType.System_Double when double.TryParse(text, NumberStyles.Float, culture, out var value) => value,
            SpecialType.System_Decimal when decimal.TryParse(text, NumberStyles.Float, culture, out var value) => value,
            _ => null,
        };
    }
}
