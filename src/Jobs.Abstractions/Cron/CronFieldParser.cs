// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>Parses one field: a list of values, ranges, steps, and what only days have.</summary>
internal static class CronFieldParser
{
    /// <summary>Adds the field's values to <paramref name="mask"/>, and what is special about days to <paramref name="fields"/>.</summary>
    /// <param name="reader">At the field's first character.</param>
    /// <param name="field">Which field.</param>
    /// <param name="fields">Where <c>L</c>, <c>W</c> and <c>#</c> go.</param>
    /// <param name="mask">The plain values.</param>
    /// <param name="repeats">Whether the field has a star or a step.</param>
    public static CronProblem? Parse(ref CronReader reader, CronField field, ref CronFields fields, ref ulong mask, out bool repeats)
    {
        repeats = false;
        if (reader.Next == '?')
        {
            return ParseAny(ref reader, field, ref mask);
        }

        do
        {
            if (ParseItem(ref reader, field, ref fields, ref mask, ref repeats) is { } problem)
            {
                return problem;
            }
        }
        while (reader.TryTake(','));

        return reader.IsAtEnd ? null : new CronProblem(reader.Position, $"{reader.Describe()} cannot stand here, in the {field.Title}");
    }

    private static CronProblem? ParseAny(ref CronReader reader, CronField field, ref ulong mask)
    {
        var position = reader.Position;
        reader.TryTake('?');
        if (field != CronField.Day && field != CronField.Weekday)
        {
            return new CronProblem(position, $"'?' is for the day of the month and the day of the week; write '*' in the {field.Title}");
        }

        mask = field.All;
        return reader.IsAtEnd ? null : new CronProblem(reader.Position, $"'?' stands alone in the {field.Title}");
    }

    private static CronProblem? ParseItem(ref CronReader reader, CronField field, ref CronFields fields, ref ulong mask, ref bool repeats)
    {
        int from;
        int to;
        var isRange = true;
        if (reader.TryTake('*'))
        {
            (from, to) = (field.First, field.Last);
            repeats = true;
        }
        else if (field == CronField.Day && reader.Next == 'L')
        {
            return ParseLastDay(ref reader, ref fields);
        }
        else
        {
            if (ParseValue(ref reader, field, out from) is { } problem)
            {
                return problem;
            }

            to = from;
            isRange = reader.TryTake('-');
            if (isRange && ParseValue(ref reader, field, out to) is { } second)
            {
                return second;
            }

            if (!isRange && TryParseSpecial(ref reader, field, from, ref fields, out var special))
            {
                return special;
            }
        }

        var step = 1;
        if (reader.TryTake('/'))
        {
            if (ParseStep(ref reader, field, out step) is { } problem)
            {
                return problem;
            }

            repeats = true;
            to = isRange ? to : field.Last;
        }

        Add(field, from, to, step, ref mask);
        return null;
    }

    private static CronProblem? ParseValue(ref CronReader reader, CronField field, out int value)
    {
        var position = reader.Position;
        if (reader.TryTakeName(field.Names, out var index))
        {
            value = field.First + index;
            return null;
        }

        if (!reader.TryTakeNumber(out value))
        {
            return new CronProblem(position, $"a {field.Title} is expected instead of {reader.Describe()}{Hint(reader, field)}");
        }

        return value < field.First || value > field.Highest
            ? new CronProblem(position, $"the {field.Title} goes from {field.First} to {field.Highest}")
            : null;
    }

    private static string Hint(CronReader reader, CronField field) => reader.Next switch
    {
        'L' when field == CronField.Weekday => "; write the day before L, as in '5L' for the last Friday of the month",
        'W' when field == CronField.Day => "; write the day before W, as in '15W', or 'LW' for the last weekday of the month",
        _ when field.Names.Length > 0 && !reader.IsAtEnd => $"; the names are {string.Join(", ", field.Names)}",
        _ => string.Empty,
    };

    private static CronProblem? ParseStep(ref CronReader reader, CronField field, out int step)
    {
        var position = reader.Position;
        if (!reader.TryTakeNumber(out step))
        {
            return new CronProblem(position, $"the length of the step is expected instead of {reader.Describe()}");
        }

        return step < 1 || step > field.Highest
            ? new CronProblem(position, $"a step in the {field.Title} goes from 1 to {field.Highest}")
            : null;
    }

    /// <summary>L, L-3, LW, L-3W: counted from the end of the month.</summary>
    private static CronProblem? ParseLastDay(ref CronReader reader, ref CronFields fields)
    {
        reader.TryTake('L');
        var before = 0;
        if (reader.TryTake('-'))
        {
            var position = reader.Position;
            if (!reader.TryTakeNumber(out before) || before > 30)
            {
                return new CronProblem(position, "L- counts the days before the last one of the month, from 0 to 30");
            }
        }

        if (reader.TryTake('W'))
        {
            fields.LastWorkdays |= 1u << before;
        }
        else
        {
            fields.LastDays |= 1u << before;
        }

        return null;
    }

    /// <summary>15W, 5L and 5#2.</summary>
    private static bool TryParseSpecial(ref CronReader reader, CronField field, int value, ref CronFields fields, out CronProblem? problem)
    {
        problem = null;
        if (field == CronField.Day && reader.TryTake('W'))
        {
            fields.NearestWorkdays |= 1u << value;
            return true;
        }

        if (field == CronField.Weekday && reader.TryTake('L'))
        {
            fields.Weekdays |= 1UL << (42 + (value % 7));
            return true;
        }

        if (field == CronField.Weekday && reader.TryTake('#'))
        {
            var position = reader.Position;
            if (!reader.TryTakeNumber(out var k) || k is < 1 or > 5)
            {
                problem = new CronProblem(position, "'#' is followed by which one of the month it is, from 1 to 5");
            }
            else
            {
                fields.Weekdays |= 1UL << ((7 * k) + (value % 7));
            }

            return true;
        }

        return false;
    }

    private static void Add(CronField field, int from, int to, int step, ref ulong mask)
    {
        var count = field.Last - field.First + 1;
        if (field == CronField.Weekday)
        {
            // Sunday is 0 and 7: at the end of a range it is meant as 7 ("5-7", "0-7"), at its start as 0.
            var single = from == to;
            from %= count;
            to = single ? from : to == count && from == 0 ? field.Last : to;
        }

        // A range that ends before it starts goes on at the field's first value: 22-2, NOV-FEB, FRI-MON.
        var length = to >= from ? to - from : to - from + count;
        for (var offset = 0; offset <= length; offset += step)
        {
            mask |= 1UL << (field.First + ((from - field.First + offset) % count));
        }
    }
}
