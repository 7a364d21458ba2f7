using System.Globalization;
using System.Text;
using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Constants;

/// <summary>What an expression is, as far as it can be told without running it.</summary>
internal static class ConstantEvaluator
{
    /// <summary>Null when the value depends on the run.</summary>
    public static ConstantValue? Evaluate(IOperation? operation) => operation switch
    {
        null => null,
        { ConstantValue: { HasValue: true, Value: null } } => ConstantValue.Null,
        { ConstantValue: { HasValue: true, Value: var value } } => new ConstantScalar(value, operation.Type),
        IConversionOperation conversion => Convert(conversion),
        IParenthesizedOperation parenthesized => Evaluate(parenthesized.Operand),
        IDefaultValueOperation { Type: { } type } when ValidationShapes.CanBeNull(type) => ConstantValue.Null,
        IInterpolatedStringOperation interpolated => Concatenate(interpolated),
        IFieldReferenceOperation { Field: { IsStatic: true, Name: "Empty" } field } => Empty(field),
        IInvocationOperation { TargetMethod: { Name: "Empty", Parameters.IsEmpty: true } method } when IsEmptyFactory(method) => ConstantSequence.Empty,
        _ => ConstantCollections.Evaluate(operation),
    };

    private static ConstantValue? Convert(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null || conversion.IsTryCast || conversion.Type is null)
        {
            return null;
        }

        var target = ValidationShapes.WithoutNullable(conversion.Type);
        return Evaluate(conversion.Operand) switch
        {
            ConstantScalar { Value: null } => ValidationShapes.CanBeNull(conversion.Type) ? ConstantValue.Null : null,
            ConstantScalar { Enum: null } scalar when IsNumber(target.SpecialType) => ChangeType(scalar.Value!, target),
            ConstantScalar { Enum: null } scalar when target is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } => ToEnum(scalar.Value!, underlying, target),
            ConstantScalar scalar when !IsNumber(target.SpecialType) && target.TypeKind != TypeKind.Enum => scalar,
            ConstantScalar { Enum: { } enumType } scalar when SymbolEqualityComparer.Default.Equals(enumType, target) => scalar,
            ConstantSequence sequence => sequence,
            _ => null,
        };
    }

    private static ConstantScalar? ToEnum(object value, ITypeSymbol underlying, ITypeSymbol type) =>
        ChangeType(value, underlying) is { } number ? new ConstantScalar(number.Value, type) : null;

    /// <summary>The number as the conversion leaves it: what a nullable long gets from an int is a long.</summary>
    private static ConstantScalar? ChangeType(object value, ITypeSymbol type)
    {
        if (value is not (sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or char))
        {
            return null;
        }

        try
        {
            // Conversions to a narrower type are not for free in C#; those that the compiler has not folded are left alone.
            var code = type.SpecialType switch
            {
                SpecialType.System_SByte => TypeCode.SByte,
                SpecialType.System_Byte => TypeCode.Byte,
                SpecialType.System_Int16 => TypeCode.Int16,
                SpecialType.System_UInt16 => TypeCode.UInt16,
                SpecialType.System_Int32 => TypeCode.Int32,
                SpecialType.System_UInt32 => TypeCode.UInt32,
                SpecialType.System_Int64 => TypeCode.Int64,
                SpecialType.System_UInt64 => TypeCode.UInt64,
                SpecialType.System_Single => TypeCode.Single,
                SpecialType.System_Double => TypeCode.Double,
                _ => TypeCode.Decimal,
            };
            var isFraction = value is float or double or decimal;
            return isFraction && code is not (TypeCode.Single or TypeCode.Double or TypeCode.Decimal)
                ? null
                : new ConstantScalar(System.Convert.ChangeType(value is char c ? (ushort)c : value, code, CultureInfo.InvariantCulture), type);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool IsNumber(SpecialType type) => type is SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16
        or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
        or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal;

    /// <summary>Only texts and characters: numbers are written in the culture of the run.</summary>
    private static ConstantScalar? Concatenate(IInterpolatedStringOperation interpolated)
    {
        if (interpolated.Type?.SpecialType != SpecialType.System_String)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var part in interpolated.Parts)
        {
            var value = part switch
            {
                IInterpolatedStringTextOperation literal => Evaluate(literal.Text),
                IInterpolationOperation { Alignment: null, FormatString: null } interpolation => Evaluate(interpolation.Expression),
                _ => null,
            };
            if (value is not ConstantScalar { Value: null or string or char } scalar)
            {
                return null;
            }

            text.Append(scalar.Value);
        }

        return new ConstantScalar(text.ToString(), interpolated.Type);
    }

    private static ConstantValue? Empty(IFieldSymbol field) => field.ContainingType switch
    {
        { SpecialType: SpecialType.System_String } type => new ConstantScalar("", type),
        { ContainingNamespace: { } space } when space.ToDisplayString() == "System.Collections.Immutable" => ConstantSequence.Empty,
        _ => null,
    };

    private static bool IsEmptyFactory(IMethodSymbol method) =>
        method.ContainingType.SpecialType == SpecialType.System_Array
        || (method.ContainingType.Name == "Enumerable" && FrameworkTypes.IsNamespace(method.ContainingNamespace, "System.Linq"));
}
