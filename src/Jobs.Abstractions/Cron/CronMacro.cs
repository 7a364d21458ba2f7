// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>What starts with <c>@</c>.</summary>
internal static class CronMacro
{
    private static readonly (string Name, string Cron)[] _macros =
    [
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
        ("@monthly", "0 0 1 * *"),
        ("@weekly", "0 0 * * 0"),
        ("@daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@hourly", "0 * * * *"),
    ];

    public static CronProblem? Parse(string text, int start, ref CronFields fields)
    {
        var end = start;
        while (end < text.Length && !CronParser.IsBlank(text[end]))
        {
            end++;
        }

        var rest = end;
        while (rest < text.Length && CronParser.IsBlank(text[rest]))
        {
            rest++;
        }

        var name = text.Substring(start, end - start);
        if (name.Equals("@every", StringComparison.OrdinalIgnoreCase))
        {
            return ParseInterval(text, rest, ref fields);
        }

        foreach (var macro in _macros)
        {
            if (name.Equals(macro.Name, StringComparison.OrdinalIgnoreCase))
            {
                return rest < text.Length
                    ? new CronProblem(rest, $"nothing follows {macro.Name}; for a time of day write the five fields, such as '30 2 * * *'")
                    : CronParser.ParseFields(macro.Cron, 0, ref fields);
            }
        }

        return name.Equals("@reboot", StringComparison.OrdinalIgnoreCase)
            ? new CronProblem(start, "@reboot is no point in time; enqueue the job when the application starts")
            : new CronProblem(start, $"'{name}' is not known; there are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every with a duration, such as '@every 90s'");
    }

    /// <summary>Sets the interval of <c>@every</c>: a second or more, in whole seconds.</summary>
    public static CronProblem? SetInterval(int position, TimeSpan interval, ref CronFields fields)
    {
        if (interval < TimeSpan.FromSeconds(1) || interval.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            return new CronProblem(position, "an interval is one second or more, in whole seconds");
        }

        if (interval > TimeSpan.FromDays(3660))
        {
            return new CronProblem(position, "an interval is at most 3660 days");
        }

        fields.Interval = interval.Ticks;
        return null;
    }

    private static CronProblem? ParseInterval(string text, int position, ref CronFields fields) =>
        JobDurationText.Parse(text.Substring(position).TrimEnd(' ', '\t'), out var interval) is { } problem
            ? new CronProblem(position, $"@every is followed by a duration such as '90s' or '1h30m': {problem}")
            : SetInterval(position, interval, ref fields);
}
