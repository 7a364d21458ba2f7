namespace Jobs.Scheduling;

/// <summary>The times of a schedule.</summary>
internal static class ScheduleTicks
{
    /// <summary>The first time after an instant, within start and end.</summary>
    public static DateTimeOffset? Next(ScheduleDefinition definition, DateTimeOffset after)
    {
        var cron = CronExpression.Parse(definition.Cron);
        if (definition.Start is { } start && start > after)
        {
            // An interval begins at the start itself.
            after = cron.Interval is { } interval ? start - interval : start - TimeSpan.FromTicks(1);
        }

        var next = cron.GetNextOccurrence(after, TimeZones.Find(definition.TimeZone))?.ToUniversalTime();
        return next <= (definition.End ?? DateTimeOffset.MaxValue) ? next : null;
    }

    /// <summary>Of the times from <paramref name="first"/> up to now, the latest ones in order, and whether there were more. The first one is known to be a time.</summary>
    public static IReadOnlyList<DateTimeOffset> Passed(ScheduleDefinition definition, DateTimeOffset first, DateTimeOffset now, int max, out bool isCut)
    {
        var cron = CronExpression.Parse(definition.Cron);
        var end = definition.End is { } last && last < now ? last : now;
        isCut = false;
        if (cron.Interval is { } interval)
        {
            var count = ((end - first).Ticks / interval.Ticks) + 1;
            isCut = count > max;
            var from = Math.Max(0, count - max);
            var passed = new DateTimeOffset[(int)Math.Min(count, max)];
            for (var i = 0; i < passed.Length; i++)
            {
                passed[i] = first + (interval * (from + i));
            }

            return passed;
        }

        // Looking back further and further finds the latest ones without walking over all that passed in the meantime.
        var zone = TimeZones.Find(definition.TimeZone);
        for (var back = TimeSpan.FromMinutes(1); ; back *= 4)
        {
            var isAll = end - first < back;
            var found = new List<DateTimeOffset>();
            if (isAll)
            {
                found.Add(first);
            }

            foreach (var time in cron.GetOccurrences(isAll ? first : end - back, zone))
            {
                if (time > end)
                {
                    break;
                }

                found.Add(time.ToUniversalTime());
            }

            if (isAll || found.Count > max)
            {
                isCut = found.Count > max;
                return isCut ? found[^max..] : found;
            }
        }
    }

    /// <summary>When the next run is due, jitter included.</summary>
    public static DateTimeOffset? DueAt(Schedule schedule) =>
        schedule.State.NextTickAt is { } tick ? RoundUp(tick + JitterOf(schedule, tick)) : null;

    /// <summary>The id of a run's job: the same run is the same job, whoever fires it.</summary>
    public static JobId IdOf(Schedule schedule, DateTimeOffset tick) =>
        JobId.From(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"schedule:{schedule.JobName}:{schedule.Id}:{tick.UtcTicks}"));

    /// <summary>Random from run to run, and the same for whoever asks.</summary>
    private static TimeSpan JitterOf(Schedule schedule, DateTimeOffset tick)
    {
        if (schedule.Definition.Jitter is not { } jitter || jitter.Value == TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        Span<byte> hash = stackalloc byte[16];
        IdOf(schedule, tick).Value.TryWriteBytes(hash);
        return jitter.Value * (BitConverter.ToUInt32(hash) / (double)uint.MaxValue);
    }

    /// <summary>Storages keep due times to the millisecond; a run must never be due before its time.</summary>
    private static DateTimeOffset RoundUp(DateTimeOffset time)
    {
        var excess = time.UtcTicks % TimeSpan.TicksPerMillisecond;
        return excess == 0 ? time : time.AddTicks(TimeSpan.TicksPerMillisecond - excess);
    }
}
