using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Jobs.Generator.Analyzers;

/// <summary>Instants that are written out in the source.</summary>
internal static class ConstantTime
{
    /// <summary>Null when the expression is not constant, or not understood.</summary>
    public static DateTimeOffset? Find(IOperation value)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value switch
        {
            IFieldReferenceOperation { Field: { Name: "MinValue" or "UnixEpoch", ContainingType.Name: "DateTimeOffset" or "DateTime" } } => DateTimeOffset.MinValue,
            IObjectCreationOperation { Type.Name: "DateTimeOffset" or "DateTime" } creation => FromNumbers(creation),
            IInvocationOperation { TargetMethod: { Name: "Parse", IsStatic: true, ContainingType.Name: "DateTimeOffset" or "DateTime" } } parse => FromText(parse.Arguments[0].Value),
            _ => null,
        };
    }

    /// <summary>The offset is left out: a day more or less is the caller's tolerance.</summary>
    private static DateTimeOffset? FromNumbers(IObjectCreationOperation creation)
    {
        int[] parts = [1, 1, 1, 0, 0, 0];
        string[] names = ["year", "month", "day", "hour", "minute", "second"];
        var found = 0;
        foreach (var argument in creation.Arguments)
        {
            var index = Array.IndexOf(names, argument.Parameter?.Name);
            if (index < 0)
            {
                continue;
            }

            if (argument.Value.ConstantValue is not { HasValue: true, Value: int number })
            {
                return null;
            }

            parts[index] = number;
            found++;
        }

        if (found == 0)
        {
            return creation.Arguments.FirstOrDefault()?.Value is IObjectCreationOperation { Type.Name: "DateTime" } inner ? FromNumbers(inner) : null;
        }

        try
        {
            return new DateTimeOffset(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], TimeSpan.Zero);
        }
        catch (ArgumentOutOfRangeException)
        {
            // There is no such day; the constructor will say so at run time.
            return null;
        }
    }

    private static DateTimeOffset? FromText(IOperation text) =>
        text.ConstantValue is { HasValue: true, Value: string constant }
        && DateTimeOffset.TryParse(constant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
