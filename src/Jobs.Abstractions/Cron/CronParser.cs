// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>The text form of a schedule: five or six fields, a macro, an interval, or a phrase.</summary>
internal static class CronParser
{
    /// <summary>Longer texts are refused.</summary>
    public const int MaxLength = 200;

    private static readonly CronField[] _order = [CronField.Second, CronField.Minute, CronField.Hour, CronField.Day, CronField.Month, CronField.Weekday];

    /// <summary>Parses a schedule.</summary>
    /// <returns>Null when <paramref name="text"/> is a schedule; otherwise what is wrong with it, and where.</returns>
    public static CronProblem? Parse(string? text, out CronFields fields)
    {
        fields = default;
        var start = 0;
        while (text is not null && start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        if (text is null || start == text.Length)
        {
            return new CronProblem(0, "it is empty; write five fields (minute, hour, day of the month, month, day of the week) such as '0 2 * * *', '@daily', '@every 90s', or a phrase such as 'every day at 9am'");
        }

        if (text.Length > MaxLength)
        {
            return new CronProblem(MaxLength, $"it has {text.Length} characters, {MaxLength} are allowed");
        }

        if (text[start] == '@')
        {
            return CronMacro.Parse(text, start, ref fields);
        }

        if (text[start] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
        {
            return CronPhrase.Parse(text, start, ref fields);
        }

        return ParseFields(text, start, ref fields);
    }

    /// <summary>Parses five or six fields.</summary>
    public static CronProblem? ParseFields(string text, int start, ref CronFields fields)
    {
        var count = CountFields(text, start);
        if (count is not (5 or 6))
        {
            var years = count == 7 ? "; years are not supported, a schedule has an end instead" : string.Empty;
            return new CronProblem(start, $"it has {count} {(count == 1 ? "field" : "fields")} instead of 5 (minute, hour, day of the month, month, day of the week) or 6 (the second before them){years}");
        }

        ulong days = 0;
        ulong months = 0;
        ulong hours = 0;
        ulong weekdays = 0;
        if (count == 5)
        {
            fields.Seconds = 1;
        }

        var position = start;
        var dayPosition = 0;
        for (var i = 6 - count; i < 6; i++)
        {
            position = SkipBlanks(text, position);
            var end = position;
            while (end < text.Length && !IsBlank(text[end]))
            {
                end++;
            }

            var field = _order[i];
            var reader = new CronReader(text, position, end);
            var repeats = false;
            CronProblem? problem;
            switch (i)
            {
                case 0:
                    problem = CronFieldParser.Parse(ref reader, field, ref fields, ref fields.Seconds, out _);
                    break;
                case 1:
                    problem = CronFieldParser.Parse(ref reader, field, ref fields, ref fields.Minutes, out repeats);
                    break;
                case 2:
                    problem = CronFieldParser.Parse(ref reader, field, ref fields, ref hours, out repeats);
                    break;
                case 3:
                    dayPosition = position;
                    fields.Flags |= text[position] is '*' or '?' ? CronFlags.AnyDay : CronFlags.None;
                    problem = CronFieldParser.Parse(ref reader, field, ref fields, ref days, out _);
                    break;
                case 4:
                    problem = CronFieldParser.Parse(ref reader, field, ref fields, ref months, out _);
                    break;
                default:
                    fields.Flags |= text[position] is '*' or '?' ? CronFlags.AnyWeekday : CronFlags.None;
                    problem = CronFieldParser.Parse(ref reader, field, ref fields, ref weekdays, out _);
                    break;
            }

            if (problem is not null)
            {
                return problem;
            }

            fields.Flags |= repeats ? CronFlags.Repeats : CronFlags.None;
            position = end;
        }

        fields.Hours = (uint)hours;
        fields.Days = (uint)days;
        fields.Months = (ushort)months;
        fields.Weekdays |= weekdays;
        return CronMonth.HasAnyDay(fields)
            ? null
            : new CronProblem(dayPosition, "it never runs: no year has such a day in such a month");
    }

    public static bool IsBlank(char c) => c is ' ' or '\t';

    private static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && IsBlank(text[position]))
        {
            position++;
        }

        return position;
    }

    private static int CountFields(string text, int position)
    {
        var count = 0;
        while ((position = SkipBlanks(text, position)) < text.Length)
        {
            count++;
            while (position < text.Length && !IsBlank(text[position]))
            {
                position++;
            }
        }

        return count;
    }
}
