// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>A few English phrases, such as "every 15 minutes", "weekdays at 18:30" and "on the last day of the month at 23:00".</summary>
internal sealed class CronPhrase
{
    private static readonly string[] _units = ["second", "minute", "hour", "day", "week", "month", "year"];
    private static readonly string[] _adverbs = ["", "", "hourly", "daily", "weekly", "monthly", "yearly"];
    private static readonly int[] _unitSeconds = [1, 60, 3600, 86400, 604800];
    private static readonly string[] _weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    private static readonly string[] _months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private readonly CronWords _words;
    private int _unit = -1;
    private int _count = 1;
    private int _weekdayMask;
    private int _monthMask;
    private string _days = string.Empty;
    private int _minute = -1;
    private int _hourMask;
    private (int From, int To)? _window;

    private CronPhrase(CronWords words) => _words = words;

    public static CronProblem? Parse(string text, int start, ref CronFields fields) => new CronPhrase(new CronWords(text, start)).Parse(start, ref fields);

    private CronProblem? Parse(int start, ref CronFields fields)
    {
        while (!_words.IsAtEnd)
        {
            if (ParsePart() is { } problem)
            {
                return problem;
            }
        }

        return Translate(start, ref fields);
    }

    private CronProblem? ParsePart()
    {
        if (_words.TryTake("at"))
        {
            return ParseTimes();
        }

        if (_words.TryTake("between"))
        {
            return ParseWindow("and");
        }

        if (_words.TryTake("from"))
        {
            return ParseWindow("to");
        }

        if (_words.TryTake("every") || _words.TryTake("each"))
        {
            return ParseEvery();
        }

        if (_words.TryTake("of") || _words.TryTake("in"))
        {
            return ParseMonths();
        }

        for (var unit = 2; unit < _adverbs.Length; unit++)
        {
            if (_words.TryTake(_adverbs[unit]))
            {
                return SetUnit(unit, 1);
            }
        }

        _words.TryTake("on");
        _words.TryTake("the");
        return ParseDays();
    }

    private CronProblem? ParseEvery()
    {
        var position = _words.Position;
        if (_words.TryTakeNumber(out var count))
        {
            for (var unit = 0; unit < _units.Length; unit++)
            {
                if (_words.TryTakeNoun(_units[unit]))
                {
                    return count < 1 ? new CronProblem(position, "an interval is one second or more, in whole seconds") : SetUnit(unit, count);
                }
            }

            return _words.Expect("seconds, minutes, hours, days or weeks");
        }

        for (var unit = 0; unit < _units.Length; unit++)
        {
            if (_words.TryTake(_units[unit]))
            {
                return SetUnit(unit, 1);
            }
        }

        return ParseDays();
    }

    private CronProblem? SetUnit(int unit, int count)
    {
        if (_unit >= 0)
        {
            return new CronProblem(_words.Previous, "it says twice how often");
        }

        (_unit, _count) = (unit, count);
        return null;
    }

    /// <summary>"monday and friday", "weekdays", "1st and 15th of the month", "last day of the month".</summary>
    private CronProblem? ParseDays()
    {
        do
        {
            if (_words.TryTakeNoun("weekday"))
            {
                _weekdayMask |= 0b0111110;
            }
            else if (_words.TryTakeNoun("weekend"))
            {
                _weekdayMask |= 0b1000001;
            }
            else if (_words.TryTakeAny(_weekdays, out var weekday))
            {
                _weekdayMask |= 1 << weekday;
            }
            else if (_words.TryTakeOrdinal(out var day))
            {
                _words.TryTake("day");
                AddDay(day);
            }
            else if (_words.TryTake("last"))
            {
                if (!_words.TryTake("weekday") && !_words.TryTake("day"))
                {
                    return _words.Expect("'day' or 'weekday'");
                }

                AddDay(_words.WasLast("weekday") ? "LW" : "L");
            }
            else
            {
                return _words.Expect("'every', 'at', a day such as 'monday', 'weekdays' or 'on the 1st of the month'");
            }
        }
        while (_words.TryTake("and"));

        return null;
    }

    private void AddDay(string day) => _days = _days.Length == 0 ? day : _days + "," + day;

    /// <summary>"of the month", "of every month", "of january and july".</summary>
    private CronProblem? ParseMonths()
    {
        if (_words.TryTake("the") || _words.TryTake("every") || _words.TryTake("each"))
        {
            return _words.TryTake("month") ? null : _words.Expect("'month'");
        }

        do
        {
            if (!_words.TryTakeAny(_months, out var month))
            {
                return _words.Expect("'the month' or a month's name");
            }

            _monthMask |= 1 << month;
        }
        while (_words.TryTake("and"));

        return null;
    }

    private CronProblem? ParseTimes()
    {
        do
        {
            var position = _words.Position;
            if (!_words.TryTakeTime(out var hour, out var minute))
            {
                return _words.Expect("a time such as '9am', '18:30', 'noon' or 'midnight'");
            }

            if (_minute >= 0 && _minute != minute)
            {
                return new CronProblem(position, "one schedule cannot have times with different minutes; make two");
            }

            _minute = minute;
            _hourMask |= 1 << hour;
        }
        while (_words.TryTake("and"));

        return null;
    }

    private CronProblem? ParseWindow(string separator)
    {
        var position = _words.Position;
        if (!_words.TryTakeTime(out var from, out var fromMinute))
        {
            return _words.Expect("a time such as '9am'");
        }

        if (!_words.TryTake(separator))
        {
            return _words.Expect($"'{separator}'");
        }

        if (!_words.TryTakeTime(out var to, out var toMinute))
        {
            return _words.Expect("a time such as '5pm'");
        }

        if (fromMinute != 0 || toMinute != 0 || from == to)
        {
            return new CronProblem(position, "a window goes from one full hour to another one");
        }

        _window = (from, (to + 23) % 24);
        return null;
    }

    private CronProblem? Translate(int start, ref CronFields fields)
    {
        var isShort = _unit is >= 0 and <= 2;
        var hasTime = _minute >= 0;
        var hasDays = _weekdayMask != 0 || _days.Length > 0 || _monthMask != 0;
        if (isShort && hasTime)
        {
            return new CronProblem(start, $"'every {_units[_unit]}' and a time of day exclude each other");
        }

        if (_window is not null && !isShort)
        {
            return new CronProblem(start, "a window needs an interval, such as 'every 15 minutes between 9am and 5pm'");
        }

        var unitCount = _unit == 2 ? 24 : 60;
        if (_unit >= 0 && _count > 1 && (!isShort || unitCount % _count != 0))
        {
            if (_unit > 4 || hasDays || hasTime || _window is not null)
            {
                return new CronProblem(start, $"every {_count} {_units[_unit]}s has no fixed place in the calendar; say only the interval, or one that divides evenly");
            }

            return CronMacro.SetInterval(start, TimeSpan.FromSeconds((double)_count * _unitSeconds[_unit]), ref fields);
        }

        var seconds = _unit == 0 ? "*/" + Text(_count) : "0";
        var minutes = _unit switch { 0 => "*", 1 => "*/" + Text(_count), 2 => "0", _ => Text(Math.Max(_minute, 0)) };
        var window = _window is { } w ? $"{Text(w.From)}-{Text(w.To)}" : "*";
        var hours = _unit switch
        {
            0 or 1 => window,
            2 => (_window is null ? "*" : window) + "/" + Text(_count),
            _ => List(hasTime ? _hourMask : 1, 0),
        };
        var days = _days.Length > 0 ? _days : _unit is 5 or 6 && _weekdayMask == 0 ? "1" : _monthMask != 0 && _weekdayMask == 0 && _unit < 0 ? "1" : "*";
        var months = _monthMask != 0 ? List(_monthMask, 1) : _unit == 6 ? "1" : "*";
        var weekdays = _weekdayMask != 0 ? List(_weekdayMask, 0) : _unit == 4 ? "0" : "*";
        if (_unit < 0 && !hasDays && !hasTime)
        {
            return new CronProblem(start, "it does not say when");
        }

        return CronParser.ParseFields($"{seconds} {minutes} {hours} {days} {months} {weekdays}", 0, ref fields) is { } problem
            ? new CronProblem(start, problem.Reason)
            : null;
    }

    private static string List(int mask, int first)
    {
        var text = string.Empty;
        for (var i = 0; i < 31; i++)
        {
            if ((mask & (1 << i)) != 0)
            {
                text += (text.Length == 0 ? string.Empty : ",") + Text(i + first);
            }
        }

        return text;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
