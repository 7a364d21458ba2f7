using System.Globalization;
using System.Text.RegularExpressions;

namespace Jobs.Generator.Analyzers;

/// <summary>The duration that somebody probably meant.</summary>
internal static class DurationSuggestion
{
    private const double MaxSeconds = 365 * 1000 * 86400d;
    private static readonly Regex _part = new(@"\G\s*(?<number>\d+(?:\.\d+)?)\s*(?<unit>[a-zµ]*)\.?\s*(?:,|and\b)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    private static readonly Regex _clock = new(@"^\s*(?:(?<d>\d+)\.)?(?<h>\d{1,2}):(?<m>\d{1,2})(?::(?<s>\d{1,2})(?:\.\d+)?)?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>Understands other ways to write units, their order and fractions, clocks such as 00:05:00 and ISO 8601; null when nothing comes of it.</summary>
    public static string? For(string text) => Read(text) is { } seconds and >= 0 and <= MaxSeconds
        ? JobDurationText.Format(TimeSpan.FromMilliseconds(Math.Round(seconds * 1000)))
        : null;

    private static double? Read(string text)
    {
        if (_clock.Match(text) is { Success: true } clock)
        {
            return (Number(clock, "d") * 86400) + (Number(clock, "h") * 3600) + (Number(clock, "m") * 60) + Number(clock, "s");
        }

        var lower = text.Trim().ToLowerInvariant();
        var isIso = lower.StartsWith("p", StringComparison.Ordinal);
        lower = isIso ? lower.Substring(1).Replace("t", "") : lower;
        double total = 0;
        var position = 0;
        while (position < lower.Length)
        {
            var part = _part.Match(lower, position);
            if (!part.Success || part.Length == 0 || SecondsPer(part.Groups["unit"].Value) is not { } factor)
            {
                return null;
            }

            total += double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * factor;
            position = part.Index + part.Length;
        }

        return position == 0 ? null : total;
    }

    private static double Number(Match match, string group) => match.Groups[group] is { Success: true } found ? double.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    private static double? SecondsPer(string unit) => unit switch
    {
        "w" or "week" or "weeks" => 7 * 86400,
        "d" or "day" or "days" => 86400,
        "h" or "hr" or "hrs" or "hour" or "hours" => 3600,
        "m" or "min" or "mins" or "minute" or "minutes" => 60,
        "" or "s" or "sec" or "secs" or "second" or "seconds" => 1,
        "ms" or "msec" or "millis" or "millisecond" or "milliseconds" => 0.001,
        _ => null,
    };
}
