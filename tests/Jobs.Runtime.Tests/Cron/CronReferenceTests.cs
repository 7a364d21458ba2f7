using Xunit;

namespace Jobs.Runtime.Tests.Cron;

/// <summary>The algorithm against a slow and obviously right one: every minute is asked, in the order in which minutes come.</summary>
public sealed class CronReferenceTests
{
    [Theory]
    [InlineData(1, 12)]
    public void Decades_of_a_calendar_agree_with_asking_every_minute(int seed, int rounds)
    {
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var schedule = new RandomSchedule(random);
            var from = new DateTime(random.Next(1960, 2080), 1, 1, 0, 0, 0, DateTimeKind.Utc);
            Compare(schedule, TimeZoneInfo.Utc, from, from.AddYears(30), limit: 2000);
        }
    }

    [Theory]
    [InlineData(3, 150)]
    public void Clock_changes_of_all_zones_agree_with_asking_every_minute(int seed, int rounds)
    {
        var random = new Random(seed);
        var zones = TimeZoneInfo.GetSystemTimeZones();
        Assert.True(zones.Count > 300, "Install tzdata: the test needs the zones of the world.");
        for (var round = 0; round < rounds; round++)
        {
            var zone = zones[random.Next(zones.Count)];
            var from = FindChange(zone, new DateTime(random.Next(1950, 2040), random.Next(1, 13), 1, 0, 0, 0, DateTimeKind.Utc));
            Compare(new RandomSchedule(random), zone, from.AddDays(-3), from.AddDays(40), limit: int.MaxValue);
        }
    }

    [Theory]
    [InlineData("Australia/Lord_Howe", 1981)]
    [InlineData("America/Sao_Paulo", 1985)]
    [InlineData("Asia/Beirut", 1990)]
    [InlineData("Pacific/Apia", 2009)]
    [InlineData("Africa/Casablanca", 2012)]
    [InlineData("Antarctica/Troll", 2006)]
    [InlineData("Asia/Tehran", 2015)]
    [InlineData("America/Caracas", 2007)]
    [InlineData("Pacific/Kwajalein", 1992)]
    [InlineData("Asia/Gaza", 2011)]
    [InlineData("Europe/Dublin", 1970)]
    public void Years_of_odd_zones_agree_with_asking_every_minute(string id, int year)
    {
        var random = new Random(year);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var from = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var round = 0; round < 2; round++)
        {
            Compare(new RandomSchedule(random), zone, from, from.AddYears(2), limit: int.MaxValue);
        }
    }

    private static void Compare(RandomSchedule schedule, TimeZoneInfo zone, DateTime from, DateTime to, int limit)
    {
        if (!CronExpression.TryParse(schedule.Text, out var expression))
        {
            Assert.Contains("never runs", Assert.Throws<CronFormatException>(() => CronExpression.Parse(schedule.Text)).Reason, StringComparison.Ordinal);
            Assert.Empty(AskEveryMinute(schedule, TimeZoneInfo.Utc, from, from.AddYears(8)));
            return;
        }

        var found = new DateTimeOffset(from.AddMinutes(-1));
        foreach (var expected in AskEveryMinute(schedule, zone, from, to).Take(limit))
        {
            var next = expression.GetNextOccurrence(found, zone);
            Assert.True(next == expected, $"'{schedule.Text}' in {zone.Id} after {found:O}: {next:O} instead of {expected:O}");
            found = next!.Value;
        }
    }

    private static IEnumerable<DateTimeOffset> AskEveryMinute(RandomSchedule schedule, TimeZoneInfo zone, DateTime from, DateTime to)
    {
        // What the clock on the wall has shown so far: a fixed time that it has passed, even by a jump, is due once.
        var shown = TimeZoneInfo.ConvertTime(from.AddMinutes(-1), zone);
        for (var back = from.AddDays(-2); back < from; back = back.AddMinutes(1))
        {
            var earlier = TimeZoneInfo.ConvertTime(back, zone);
            shown = earlier > shown ? earlier : shown;
        }

        var date = DateTime.MinValue;
        var matchesDate = false;
        for (var utc = from; utc < to; utc = utc.AddMinutes(1))
        {
            var local = ReferenceEquals(zone, TimeZoneInfo.Utc) ? utc : TimeZoneInfo.ConvertTime(utc, zone);
            var isDue = schedule.Repeats && Matches(local);
            if (!schedule.Repeats)
            {
                for (var passed = shown.AddMinutes(1); passed <= local && !isDue; passed = passed.AddMinutes(1))
                {
                    isDue = Matches(passed);
                }
            }

            shown = local > shown ? local : shown;
            if (isDue)
            {
                yield return new DateTimeOffset(utc);
            }
        }

        bool Matches(DateTime local)
        {
            if (local.Date != date)
            {
                date = local.Date;
                matchesDate = schedule.MatchesDate(date);
            }

            return matchesDate && schedule.MatchesTime(local.Hour, local.Minute);
        }
    }

    /// <summary>The first change of the zone's clock within two years, or the given time when there is none.</summary>
    private static DateTime FindChange(TimeZoneInfo zone, DateTime from)
    {
        var offset = zone.GetUtcOffset(from);
        for (var at = from; at < from.AddYears(2); at = at.AddHours(6))
        {
            if (zone.GetUtcOffset(at) != offset)
            {
                return at;
            }
        }

        return from;
    }
}
