// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>The days of one month that a schedule allows.</summary>
internal static class CronMonth
{
    private const int Saturday = 6;
    private const int Sunday = 0;

    /// <summary>One bit per day, 1 to 31. The month itself is not checked.</summary>
    public static uint GetDays(in CronFields fields, int year, int month)
    {
        var length = DateTime.DaysInMonth(year, month);
        var all = (uint)((2UL << length) - 2);
        var plain = (fields.LastDays | fields.NearestWorkdays | fields.LastWorkdays) == 0;
        if (plain && (fields.Days & all) == all && (fields.Weekdays & 0x7F) == 0x7F)
        {
            return all;
        }

        var first = (int)new DateTime(year, month, 1).DayOfWeek;
        var days = fields.Days;
        if (!plain)
        {
            days |= GetSpecialDays(fields, length, first);
        }

        var weekdays = GetWeekdays(fields.Weekdays, length, first);

        // As in Vixie cron: a date needs one of two restricted day fields, but both when one of them starts with a star.
        var either = (fields.Flags & (CronFlags.AnyDay | CronFlags.AnyWeekday)) == 0;
        return (either ? days | weekdays : days & weekdays) & all;
    }

    /// <summary>Whether any year has a date that the schedule allows.</summary>
    public static bool HasAnyDay(in CronFields fields)
    {
        // Every kind of year, leap or not and starting on each weekday, is among 28 successive ones.
        for (var year = 2000; year < 2028; year++)
        {
            for (var month = 1; month <= 12; month++)
            {
                if ((fields.Months & (1 << month)) != 0 && GetDays(fields, year, month) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static uint GetSpecialDays(in CronFields fields, int length, int first)
    {
        uint days = 0;
        for (var n = 0; n <= 31; n++)
        {
            var bit = 1u << n;
            if ((fields.LastDays & bit) != 0 && n < length)
            {
                days |= 1u << (length - n);
            }

            if ((fields.LastWorkdays & bit) != 0 && n < length)
            {
                days |= 1u << NearestWorkday(length - n, length, first);
            }

            if ((fields.NearestWorkdays & bit) != 0 && n <= length)
            {
                days |= 1u << NearestWorkday(n, length, first);
            }
        }

        return days;
    }

    private static int NearestWorkday(int day, int length, int first) => ((first + day - 1) % 7) switch
    {
        Saturday => day == 1 ? 3 : day - 1,
        Sunday => day == length ? day - 2 : day + 1,
        _ => day,
    };

    private static uint GetWeekdays(ulong weekdays, int length, int first)
    {
        // The seven bits turned so that bit 0 is the month's first day, then five weeks of them, then one up because days count from 1.
        var plain = weekdays & 0x7F;
        var turned = ((plain >> first) | (plain << (7 - first))) & 0x7F;
        var days = (uint)((turned * 0x1020_4081UL) << 1);
        if (weekdays > 0x7F)
        {
            for (var weekday = 0; weekday < 7; weekday++)
            {
                var day = 1 + ((weekday - first + 7) % 7);
                for (var k = 1; k <= 5; k++, day += 7)
                {
                    var isLast = day <= length && day + 7 > length;
                    if (day <= length && ((weekdays >> ((7 * k) + weekday)) & 1) != 0)
                    {
                        days |= 1u << day;
                    }

                    if (isLast && ((weekdays >> (42 + weekday)) & 1) != 0)
                    {
                        days |= 1u << day;
                    }
                }
            }
        }

        return days;
    }
}
