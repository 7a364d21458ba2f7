namespace Jobs;

/// <summary>
/// The rules for daylight-saving changes. Only "which offset does this instant have" is asked of the zone, because that is what
/// every kind of zone data answers reliably; changes are found by bisection, and only near one.
/// </summary>
/// <remarks>
/// <para>Let a change at instant X go from offset a to offset b. When b is larger, the local times from X + a to X + b do not
/// exist (the gap); when it is smaller, those from X + b to X + a come twice.</para>
/// <para>A fixed time in the gap runs at X, all of them together once; a fixed time that comes twice runs the first time. A
/// schedule that repeats (a star or a step in the minute or the hour) has no runs in the gap and runs both times. These are
/// Vixie cron's rules, without its limit of three hours: Samoa left out a whole day.</para>
/// </remarks>
internal static class CronZone
{
    /// <summary>Offsets go from -14 to +14 hours: so far apart can a local time be from the instant that it names, and so long a change can be.</summary>
    private const long Reach = 28 * TimeSpan.TicksPerHour;

    /// <summary>The first instant after <paramref name="after"/> at which the schedule runs, in UTC ticks.</summary>
    public static bool TryFindNext(in CronFields fields, long after, ZoneOffsets zone, out long found)
    {
        var offset = zone.At(after);
        var local = after + offset;
        var from = Math.Max(local - (local % TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond, 0);
        return (fields.Flags & CronFlags.Repeats) != 0
            ? TryFindRepeated(fields, after, offset, from, zone, out found)
            : TryFindFixed(fields, after, offset, from, zone, out found);
    }

    private static bool TryFindFixed(in CronFields fields, long after, long offset, long from, ZoneOffsets zone, out long found)
    {
        var earlier = zone.At(after - Reach);
        if (earlier > offset)
        {
            // The local times that come for the second time now have run already.
            from = Math.Max(from, FindChange(zone, after - Reach, after, earlier) + earlier);
        }

        if (!CronTime.TryFind(fields, from, out var local))
        {
            found = 0;
            return false;
        }

        found = Resolve(zone, local, out _);
        return IsInRange(found);
    }

    private static bool TryFindRepeated(in CronFields fields, long after, long offset, long from, ZoneOffsets zone, out long found)
    {
        found = 0;
        long local;
        var later = zone.At(after + Reach);
        if (later < offset)
        {
            // Local times will come for the second time soon, earlier ones than the present one perhaps among them.
            var change = FindChange(zone, after, after + Reach, offset);
            if (!CronTime.TryFind(fields, from, out local))
            {
                return false;
            }

            if (local < change + offset)
            {
                found = local - offset;
                return true;
            }

            if (!CronTime.TryFind(fields, change + later, out local))
            {
                return false;
            }

            if (local < change + offset)
            {
                found = local - later;
                return true;
            }

            from = local;
        }

        while (CronTime.TryFind(fields, from, out local))
        {
            if (later == offset && local - offset <= after + Reach)
            {
                // Soon, and the clock does not change until then: by far the most frequent case.
                found = local - offset;
                return IsInRange(found);
            }

            found = Resolve(zone, local, out var gapEnd);
            if (gapEnd == 0)
            {
                // The second time that this local time comes, when the first is over.
                return IsInRange(found) && (found > after || TryGetSecond(zone, local, after, out found));
            }

            from = gapEnd;
        }

        return false;
    }

    /// <summary>The first instant with this local time; within a gap, the end of the gap.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="local">The local time.</param>
    /// <param name="gapEnd">The local time at the end of the gap; 0 when the local time exists.</param>
    private static long Resolve(ZoneOffsets zone, long local, out long gapEnd)
    {
        gapEnd = 0;
        var before = zone.At(local - (Reach / 2));
        var after = zone.At(local + (Reach / 2));
        if (before == after)
        {
            return local - before;
        }

        if (zone.At(local - before) == before)
        {
            return local - before;
        }

        if (zone.At(local - after) == after)
        {
            return local - after;
        }

        var change = FindChange(zone, local - (Reach / 2), local + (Reach / 2), before);
        gapEnd = change + after;
        return change;
    }

    private static bool TryGetSecond(ZoneOffsets zone, long local, long after, out long found)
    {
        var offset = zone.At(local + (Reach / 2));
        found = local - offset;
        return found > after && zone.At(found) == offset;
    }

    /// <summary>The first instant, to the second, at which the offset is no longer <paramref name="before"/>.</summary>
    private static long FindChange(ZoneOffsets zone, long low, long high, long before)
    {
        low -= low % TimeSpan.TicksPerSecond;
        high += TimeSpan.TicksPerSecond - (high % TimeSpan.TicksPerSecond);
        while (high - low > TimeSpan.TicksPerSecond)
        {
            var middle = low + ((high - low) / 2);
            middle -= middle % TimeSpan.TicksPerSecond;
            if (zone.At(middle) == before)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    private static bool IsInRange(long utc) => utc >= 0 && utc <= DateTime.MaxValue.Ticks;
}
