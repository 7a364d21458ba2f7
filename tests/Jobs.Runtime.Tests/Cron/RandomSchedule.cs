using System.Globalization;

namespace Jobs.Runtime.Tests.Cron;

/// <summary>A schedule made by chance, as text and as a plain question to one minute. It shares no code with the parser.</summary>
internal sealed class RandomSchedule
{
    private static readonly string[] _weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private readonly List<Func<DateTime, bool>> _days = [];
    private readonly List<Func<DateTime, bool>> _weekdayRules = [];
    private readonly HashSet<int> _minutes = [];
    private readonly HashSet<int> _hours = [];
    private readonly HashSet<int> _months = [];
    private readonly bool _dayStar;
    private readonly bool _weekdayStar;
    private readonly Random _random;

    public RandomSchedule(Random random)
    {
        _random = random;
        var minute = Numbers(_minutes, 0, 59, out var minuteRepeats);
        var hour = Numbers(_hours, 0, 23, out var hourRepeats);
        var month = random.Next(2) == 0 ? Numbers(_months, 1, 12, out _) : All(_months, 1, 12);
        Repeats = minuteRepeats || hourRepeats;
        var kind = random.Next(4);
        var day = kind is 0 or 1 ? Any(_days) : string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Day()));
        var weekday = kind is 0 or 2 ? Any(_weekdayRules) : string.Join(',', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Weekday()));
        _dayStar = day is "*" or "?";
        _weekdayStar = weekday is "*" or "?";
        Text = $"{minute} {hour} {day} {month} {weekday}";
    }

    public string Text { get; }

    public bool Repeats { get; }

    public bool MatchesDate(DateTime date)
    {
        var day = _days.Exists(rule => rule(date));
        var weekday = _weekdayRules.Exists(rule => rule(date));
        return _months.Contains(date.Month) && (_dayStar || _weekdayStar ? day && weekday : day || weekday);
    }

    public bool MatchesTime(int hour, int minute) => _hours.Contains(hour) && _minutes.Contains(minute);

    private static string All(HashSet<int> values, int first, int last)
    {
        values.UnionWith(Enumerable.Range(first, last - first + 1));
        return "*";
    }

    private string Any(List<Func<DateTime, bool>> rules)
    {
        rules.Add(_ => true);
        return _random.Next(2) == 0 ? "*" : "?";
    }

    private string Numbers(HashSet<int> values, int first, int last, out bool repeats)
    {
        var count = last - first + 1;
        var a = _random.Next(first, last + 1);
        repeats = false;
        switch (_random.Next(6))
        {
            case 0:
                repeats = true;
                return All(values, first, last);
            case 1:
                repeats = true;
                var step = _random.Next(1, count);
                for (var v = first; v <= last; v += step)
                {
                    values.Add(v);
                }

                return $"*/{step}";
            case 2:
                var length = _random.Next(0, count);
                var stride = _random.Next(1, 5);
                for (var i = 0; i <= length; i += stride)
                {
                    values.Add(first + ((a - first + i) % count));
                }

                repeats = stride > 1;
                return $"{a}-{first + ((a - first + length) % count)}{(stride > 1 ? $"/{stride}" : string.Empty)}";
            case 3:
                var list = Enumerable.Range(0, _random.Next(2, 5)).Select(_ => _random.Next(first, last + 1)).ToArray();
                values.UnionWith(list);
                return string.Join(',', list);
            default:
                values.Add(a);
                return a.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string Day()
    {
        var n = _random.Next(1, 32);
        var before = _random.Next(0, 20);
        switch (_random.Next(6))
        {
            case 0:
                _days.Add(d => d.Day == Length(d));
                return "L";
            case 1:
                _days.Add(d => d.Day == Length(d) - before);
                return $"L-{before}";
            case 2:
                _days.Add(d => IsNearestWorkday(d, n));
                return $"{n}W";
            case 3:
                _days.Add(d => IsNearestWorkday(d, Length(d) - before));
                return before == 0 ? "LW" : $"L-{before}W";
            default:
                _days.Add(d => d.Day == n);
                return n.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string Weekday()
    {
        var w = _random.Next(7);
        var k = _random.Next(1, 6);
        var name = _random.Next(2) == 0 ? _weekdays[w] : w == 0 && _random.Next(2) == 0 ? "7" : w.ToString(CultureInfo.InvariantCulture);
        switch (_random.Next(4))
        {
            case 0:
                _weekdayRules.Add(d => (int)d.DayOfWeek == w && d.Day + 7 > Length(d));
                return name + "L";
            case 1:
                _weekdayRules.Add(d => (int)d.DayOfWeek == w && (d.Day + 6) / 7 == k);
                return $"{name}#{k}";
            default:
                _weekdayRules.Add(d => (int)d.DayOfWeek == w);
                return name;
        }
    }

    private static int Length(DateTime date) => DateTime.DaysInMonth(date.Year, date.Month);

    /// <summary>The working day with the smallest distance to the wanted day, in the same month.</summary>
    private static bool IsNearestWorkday(DateTime date, int wanted) =>
        wanted >= 1 && wanted <= Length(date) && date.Day == Enumerable.Range(1, Length(date))
            .Where(d => new DateTime(date.Year, date.Month, d).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .MinBy(d => Math.Abs(d - wanted));
}
