// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>One field of a cron expression: its values and the names for them.</summary>
internal sealed class CronField
{
    public static readonly CronField Second = new("second", 0, 59, 59, []);
    public static readonly CronField Minute = new("minute", 0, 59, 59, []);
    public static readonly CronField Hour = new("hour", 0, 23, 23, []);
    public static readonly CronField Day = new("day of the month", 1, 31, 31, []);
    public static readonly CronField Month = new("month", 1, 12, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);
    public static readonly CronField Weekday = new("day of the week", 0, 6, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    private CronField(string title, int first, int last, int highest, string[] names)
    {
        Title = title;
        First = first;
        Last = last;
        Highest = highest;
        Names = names;
    }

    /// <summary>What it is called in messages.</summary>
    public string Title { get; }

    public int First { get; }

    public int Last { get; }

    /// <summary>The highest number that may be written: 7 is Sunday as well.</summary>
    public int Highest { get; }

    /// <summary>The names of the values, from <see cref="First"/>; three letters each.</summary>
    public string[] Names { get; }

    public ulong All => ((2UL << Last) - 1) & ~((1UL << First) - 1);
}
