using System.Globalization;
using Jobs.Generator.Models;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Parsing;

/// <summary>The condition under which one of the framework's attributes fails, written out for the type that it is on.</summary>
internal sealed class ValidationCheck(AttributeData attribute, ITypeSymbol type)
{
    private const string V = ValidationRuleModel.Value;

    private readonly ITypeSymbol _plain = ValidationShapes.WithoutNullable(type);

    private string Name => attribute.AttributeClass!.Name;

    /// <summary>Whether the attribute's constructor is marked as unsafe for trimming; emitted code uses it for messages alone.</summary>
    public bool IsUnsafeForTrimming => Name is "MinLengthAttribute" or "MaxLengthAttribute" or "LengthAttribute";

    public bool NeverFails => Name switch
    {
        "RequiredAttribute" => !ValidationShapes.CanBeNull(type),
        "MaxLengthAttribute" => attribute.ConstructorArguments.Length == 0 || Integer(0) == -1,
        "DataTypeAttribute" => attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is not (null or ""),
        _ => false,
    };

    /// <summary>Constructs the converter that the framework would look up for a range with limits of this type; null when there is none.</summary>
    public string? RangeConverter
    {
        get
        {
            if (attribute.ConstructorArguments[0].Value is not INamedTypeSymbol limits)
            {
                return null;
            }

            var declared = limits.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == "System.ComponentModel.TypeConverterAttribute");
            if (declared?.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol converter)
            {
                return $"new {ValidationNames.CSharpName(converter)}()";
            }

            if (limits.TypeKind == TypeKind.Enum)
            {
                return $"new global::System.ComponentModel.EnumConverter(typeof({ValidationNames.CSharpName(limits)}))";
            }

            var name = limits.SpecialType switch
            {
                SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Char
                    or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt16
                    or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double
                    or SpecialType.System_Decimal or SpecialType.System_String or SpecialType.System_DateTime => limits.Name,
                _ => limits.ToDisplayString() switch
                {
                    "System.DateTimeOffset" or "System.DateOnly" or "System.TimeOnly" or "System.TimeSpan" or "System.Guid"
                        or "System.Half" or "System.Int128" or "System.UInt128" or "System.Version" => limits.Name,
                    _ => null,
                },
            };
            return name is null ? null : $"new global::System.ComponentModel.{name}Converter()";
        }
    }

    /// <summary>Whether the attribute's presence on a member makes the trimming analyzers warn.</summary>
    public static bool IsUnsafe(AttributeData attribute) =>
        ValidationAttributes.IsValidationAttribute(attribute.AttributeClass) && ValidationAttributes.IsFramework(attribute)
        && attribute.AttributeConstructor is { } constructor
        && constructor.GetAttributes().Any(a => a.AttributeClass?.Name == "RequiresUnreferencedCodeAttribute");

    /// <summary>True when the rule is broken; null when the attribute itself is to be asked.</summary>
    /// <param name="field">The attribute's shared instance.</param>
    public string? Condition(string field) => Name switch
    {
        "RequiredAttribute" => type.SpecialType is SpecialType.System_String or SpecialType.System_Object || attribute.NamedArguments.Any(n => n.Key == "DisallowAllDefaultValues") ? null : $"{V} is null",
        "StringLengthAttribute" => StringLength(),
        "MinLengthAttribute" => Integer(0) is >= 0 and var minimum ? Length(minimum, null) : null,
        "MaxLengthAttribute" => Integer(0) is > 0 and var maximum ? Length(null, maximum) : null,
        "LengthAttribute" => Integer(0) is >= 0 and var minimum && Integer(1) is var maximum && maximum >= minimum ? Length(minimum, maximum) : null,
        "RangeAttribute" => Range(field),
        _ => null,
    };

    private int Integer(int index) => attribute.ConstructorArguments[index].Value is int value ? value : int.MinValue;

    private string? StringLength()
    {
        var minimum = attribute.NamedArguments.FirstOrDefault(n => n.Key == "MinimumLength").Value.Value as int? ?? 0;
        var maximum = Integer(0);

        // Illegal limits are the attribute's to complain about.
        return type.SpecialType == SpecialType.System_String && maximum >= 0 && maximum >= minimum ? Length(minimum > 0 ? minimum : null, maximum) : null;
    }

    private string Length(int? minimum, int? maximum)
    {
        var pattern = (minimum, maximum) switch
        {
            (null, { } most) => $"> {Text(most)}",
            ({ } least, null) => $"< {Text(least)}",
            ({ } least, { } most) => $"< {Text(least)} or > {Text(most)}",
            _ => throw new InvalidOperationException("A length has a limit."),
        };
        if (ValidationShapes.CountProperty(type) is { } count)
        {
            return $"{V} is {{ {count}: {pattern} }}";
        }

        var element = ValidationElements.Of(_plain) is { Access: not ValidatedElementsAccess.Dictionary } elements ? ValidationNames.CSharpName(elements.Type) : "object";
        var isThere = ValidationShapes.CanBeNull(type) ? $"{V} is not null && " : "";
        return $"{isThere}global::Jobs.Metadata.JobValidationRules.CountOf<{element}>({V}) is {pattern}";
    }

    private string? Range(string field)
    {
        var arguments = attribute.ConstructorArguments;
        if (arguments.Length == 3)
        {
            // The limits' own type needs no conversion and no box.
            var isOwnType = SymbolEqualityComparer.Default.Equals(_plain, arguments[0].Value as ITypeSymbol) && _plain.IsValueType && _plain.TypeKind != TypeKind.Enum;
            return !isOwnType ? $"!{field}.IsValid({V})"
                : ValidationShapes.IsNullableValue(type) ? $"{V}.HasValue && !{field}.Allows({V}.GetValueOrDefault())"
                : $"!{field}.Allows({V})";
        }

        return InlineRange(arguments[0].Value, arguments[1].Value) ?? $"!global::Jobs.Metadata.JobValidationRules.IsInRange({field}, {V})";
    }

    private string? InlineRange(object? minimum, object? maximum)
    {
        var isMinimumExclusive = IsSet("MinimumIsExclusive");
        var isMaximumExclusive = IsSet("MaximumIsExclusive");
        var isInteger = _plain.SpecialType is SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16
            or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64;
        var isReal = isInteger || _plain.SpecialType is SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal;
        string cast, least, most;
        switch (minimum, maximum)
        {
            case (int from, int to) when isInteger && (from < to || (from == to && !isMinimumExclusive && !isMaximumExclusive)):
                (cast, least, most) = ("long", Text(from) + "L", Text(to) + "L");
                break;
            case (double from, double to) when isReal && (from < to || (from == to && !isMinimumExclusive && !isMaximumExclusive)):
                (cast, least, most) = ("double", ValidationConstants.Primitive(from), ValidationConstants.Primitive(to));
                break;
            default:
                return null;
        }

        var isNullable = ValidationShapes.IsNullableValue(type);
        var number = $"({cast}){(isNullable ? $"{V}.GetValueOrDefault()" : V)}";
        var isInside = $"{number} {(isMinimumExclusive ? ">" : ">=")} {least} && {number} {(isMaximumExclusive ? "<" : "<=")} {most}";
        return isNullable ? $"{V}.HasValue && !({isInside})" : $"!({isInside})";
    }

    private bool IsSet(string name) => attribute.NamedArguments.Any(n => n.Key == name && n.Value.Value is true);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
