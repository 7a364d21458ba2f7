using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Spans of time that are written out in the source: as a duration's text, or with a factory of <see cref="TimeSpan"/>.</summary>
internal static class ConstantSpan
{
    /// <summary>Null when the expression is not constant, or not understood.</summary>
    public static TimeSpan? Find(IOperation value)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value switch
        {
            { ConstantValue: { HasValue: true, Value: string text } } => JobDurationText.Parse(text, out var duration) is null ? duration : null,
            IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } } => TimeSpan.Zero,
            IFieldReferenceOperation { Field: { Name: "MaxValue", ContainingType.Name: "TimeSpan" } } => TimeSpan.MaxValue,
            IFieldReferenceOperation { Field: { Name: "MinValue", ContainingType.Name: "TimeSpan" } } => TimeSpan.MinValue,
            IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } } => TimeSpan.FromMilliseconds(-1),
            IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "TimeSpan", Name: var factory }, Arguments: var arguments } => FromFactory(factory, arguments),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: var operand } => Find(operand) is { } span && span != TimeSpan.MinValue ? span.Negate() : null,
            _ => null,
        };
    }

    private static TimeSpan? FromFactory(string factory, IReadOnlyList<IArgumentOperation> arguments)
    {
        // The newer overloads take further, smaller parts, which are left out as a rule: then they are zero.
        if (arguments.Count == 0 || TicksPer(factory) is not { } ticks || Number(arguments[0].Value) is not { } number
            || arguments.Skip(1).Any(static argument => Number(argument.Value) is not 0))
        {
            return null;
        }

        var total = number * ticks;
        return total is > long.MinValue and < long.MaxValue ? new TimeSpan((long)total) : null;
    }

    private static double? TicksPer(string factory) => factory switch
    {
        "FromDays" => TimeSpan.TicksPerDay,
        "FromHours" => TimeSpan.TicksPerHour,
        "FromMinutes" => TimeSpan.TicksPerMinute,
        "FromSeconds" => TimeSpan.TicksPerSecond,
        "FromMilliseconds" => TimeSpan.TicksPerMillisecond,
        "FromTicks" => 1,
        _ => null,
    };

    private static double? Number(IOperation value)
    {
        while (value is IConversionOperation { ConstantValue.HasValue: false } conversion)
        {
            value = conversion.Operand;
        }

        return value.ConstantValue is { HasValue: true, Value: { } constant } ? ConstantNumber.ToDouble(constant) : null;
    }
}
