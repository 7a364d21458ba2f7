using System.Numerics;

namespace Jobs;

/// <summary>Finds the next local time that a schedule's masks allow, by jumping from bit to bit. Local times are ticks without a zone, on whole seconds.</summary>
internal static class CronTime
{
    private const int SecondsPerDay = 86_400;

    /// <summary>The first allowed local time at or after <paramref name="from"/>; false when there is none up to the year 9999.</summary>
    public static bool TryFind(in CronFields fields, long from, out long found)
    {
        found = 0;
        if (from > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        var start = new DateTime(from);
        var (year, month, day) = start;
        var second = FindSecond(fields, (int)(start.TimeOfDay.Ticks / TimeSpan.TicksPerSecond));
        if (second < 0)
        {
            // A day past the end of its month finds nothing in that month, which is right.
            day++;
            second = FindSecond(fields, 0);
        }

        var first = day;
        while (true)
        {
            if ((fields.Months & (1 << month)) != 0)
            {
                var days = (uint)(CronMonth.GetDays(fields, year, month) & (ulong.MaxValue << day));
                if (days != 0)
                {
                    var next = BitOperations.TrailingZeroCount(days);
                    found = new DateTime(year, month, next).Ticks + ((next == first ? second : FindSecond(fields, 0)) * TimeSpan.TicksPerSecond);
                    return true;
                }
            }

            first = -1;
            day = 1;
            var later = fields.Months & (uint.MaxValue << (month + 1));
            if (later == 0)
            {
                year++;
                later = fields.Months;
            }

            month = BitOperations.TrailingZeroCount(later);
            if (year > DateTime.MaxValue.Year || month > 12)
            {
                return false;
            }
        }
    }

    /// <summary>The first allowed second of a day at or after this one; -1 when that day has no more.</summary>
    private static int FindSecond(in CronFields fields, int from)
    {
        var hour = from / 3600;
        var minute = from / 60 % 60;
        var second = from % 60;
        var hours = fields.Hours & (uint.MaxValue << hour);
        if (hours == 0)
        {
            return -1;
        }

        if ((hours & (1u << hour)) != 0)
        {
            var minutes = fields.Minutes & (ulong.MaxValue << minute);
            if ((minutes & (1UL << minute)) != 0)
            {
                var seconds = fields.Seconds & (ulong.MaxValue << second);
                if (seconds != 0)
                {
                    return (hour * 3600) + (minute * 60) + BitOperations.TrailingZeroCount(seconds);
                }

                minutes &= ~(1UL << minute);
            }

            if (minutes != 0)
            {
                return (hour * 3600) + (BitOperations.TrailingZeroCount(minutes) * 60) + BitOperations.TrailingZeroCount(fields.Seconds);
            }

            hours &= ~(1u << hour);
            if (hours == 0)
            {
                return -1;
            }
        }

        return (BitOperations.TrailingZeroCount(hours) * 3600) + (BitOperations.TrailingZeroCount(fields.Minutes) * 60) + BitOperations.TrailingZeroCount(fields.Seconds);
    }

    /// <summary>The shortest time between two runs, daylight-saving changes aside.</summary>
    public static TimeSpan GetShortestGap(in CronFields fields, TimeSpan enough)
    {
        var limit = enough.Ticks / TimeSpan.TicksPerSecond;
        var first = FindSecond(fields, 0);
        var last = first;
        long gap = SecondsPerDay;
        while (gap >= limit && FindSecond(fields, last + 1) is >= 0 and var next && last + 1 < SecondsPerDay)
        {
            gap = Math.Min(gap, next - last);
            last = next;
        }

        return TimeSpan.FromSeconds(Math.Min(gap, SecondsPerDay - last + first));
    }
}
