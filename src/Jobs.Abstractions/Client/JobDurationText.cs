// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>The text form of a duration: <c>(\d+(d|h|m|s|ms))+</c> in descending units, each at most once.</summary>
internal static class JobDurationText
{
    private static readonly string[] _units = ["d", "h", "m", "s", "ms"];
    private static readonly long[] _ticks = [TimeSpan.TicksPerDay, TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMillisecond];

    /// <summary>Parses a duration.</summary>
    /// <returns>Null when <paramref name="text"/> is a duration; otherwise what is wrong with it.</returns>
    public static string? Parse(string? text, out TimeSpan value)
    {
        value = default;
        if (string.IsNullOrEmpty(text))
        {
            return "a duration is empty";
        }

        long total = 0;
        var lastUnit = -1;
        var position = 0;
        while (position < text!.Length)
        {
            if (!TryReadNumber(text, ref position, out var number, out var tooLarge))
            {
                return tooLarge ? "it is longer than a duration can be" : $"a number is expected at position {position}";
            }

            var unit = ReadUnit(text, ref position);
            if (unit < 0)
            {
                return $"a unit (d, h, m, s or ms) is expected at position {position}";
            }

            if (unit <= lastUnit)
            {
                return $"the units must descend (d, h, m, s, ms), but '{_units[unit]}' follows '{_units[lastUnit]}'";
            }

            lastUnit = unit;
            if (number > (long.MaxValue - total) / _ticks[unit])
            {
                return "it is longer than a duration can be";
            }

            total += number * _ticks[unit];
        }

        value = new TimeSpan(total);
        return null;
    }

    /// <summary>The shortest text that parses to <paramref name="value"/>, which is a non-negative number of milliseconds.</summary>
    public static string Format(TimeSpan value)
    {
        if (value.Ticks == 0)
        {
            return "0s";
        }

        var text = string.Empty;
        var rest = value.Ticks;
        for (var unit = 0; unit < _units.Length; unit++)
        {
            var count = rest / _ticks[unit];
            rest %= _ticks[unit];
            if (count > 0)
            {
                text += count.ToString(System.Globalization.CultureInfo.InvariantCulture) + _units[unit];
            }
        }

        return text;
    }

    private static bool TryReadNumber(string text, ref int position, out long number, out bool tooLarge)
    {
        number = 0;
        tooLarge = false;
        var start = position;
        for (; position < text.Length && text[position] is >= '0' and <= '9'; position++)
        {
            var digit = text[position] - '0';
            if (number > (long.MaxValue - digit) / 10)
            {
                tooLarge = true;
                return false;
            }

            number = (number * 10) + digit;
        }

        return position > start;
    }

    private static int ReadUnit(string text, ref int position)
    {
        if (position >= text.Length)
        {
            return -1;
        }

        switch (text[position])
        {
            case 'd':
                position++;
                return 0;
            case 'h':
                position++;
                return 1;
            case 'm' when position + 1 < text.Length && text[position + 1] == 's':
                position += 2;
                return 4;
            case 'm':
                position++;
                return 2;
            case 's':
                position++;
                return 3;
            default:
                return -1;
        }
    }
}
