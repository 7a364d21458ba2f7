using Xunit;

namespace Jobs.Runtime.Tests.Cron;

public sealed class CronParsingTests
{
    [Theory]
    [InlineData("* * * * *", "0 */1 0-23 * 1-12 ?")]
    [InlineData("*/15 9-17 * * MON-FRI", "0 0/15 9,10,11,12,13,14,15,16,17 ? JAN-DEC 1-5")]
    [InlineData("0 0 ? * 1", "0 0 * * mon")]
    [InlineData("0 0 * * 7", "0 0 * * 0")]
    [InlineData("0 0 * * 5-7", "0 0 * * FRI,SAT,SUN")]
    [InlineData("0 0 * * 7-2", "0 0 * * 0-2")]
    [InlineData("0 0 * * 0-7", "0 0 * * *-", false)]
    [InlineData("0 22-2/2 * * *", "0 22/2,0/24 * * *", false)]
    [InlineData("0 0 1 NOV-FEB *", "0 0 1 11,12,1,2 *")]
    [InlineData("0 0 * * FRI-MON", "0 0 * * 5,6,0,1")]
    [InlineData("  0\t2  * * * ", "0 2 * * *")]
    [InlineData("0 0 L,15 * *", "0 0 15,L * *")]
    [InlineData("0 0 * * FRIL", "0 0 * * 5l")]
    [InlineData("0 0 * * FRI#2", "0 0 * * 5#2")]
    [InlineData("@hourly", "0 * * * *")]
    [InlineData("@Daily", "0 0 * * *")]
    [InlineData("@midnight", "0 0 * * *")]
    [InlineData("@weekly", "0 0 * * 0")]
    [InlineData("@monthly", "0 0 1 * *")]
    [InlineData("@yearly", "0 0 1 1 *")]
    [InlineData("@annually", "0 0 1 1 *")]
    [InlineData("every day at 9am", "0 9 * * *")]
    [InlineData("Every Day at 9:30 PM", "30 21 * * *")]
    [InlineData("every 15 minutes", "*/15 * * * *")]
    [InlineData("every minute", "*/1 * * * *")]
    [InlineData("every 10 seconds", "*/10 * * * * *")]
    [InlineData("every 2 hours", "0 */2 * * *")]
    [InlineData("every hour on weekdays", "0 */1 * * 1-5")]
    [InlineData("weekdays at 18:30", "30 18 * * 1-5")]
    [InlineData("every weekday at noon", "0 12 * * 1-5")]
    [InlineData("weekends at 10", "0 10 * * 0,6")]
    [InlineData("every monday and friday at 8am", "0 8 * * 1,5")]
    [InlineData("mondays, wednesdays, and fridays at 8am", "0 8 * * 1,3,5")]
    [InlineData("every 15 minutes between 9am and 5pm on weekdays", "*/15 9-16 * * 1-5")]
    [InlineData("every 30 minutes from 22:00 to 2:00", "*/30 22-1 * * *")]
    [InlineData("on the 1st of the month at 9am", "0 9 1 * *")]
    [InlineData("on the 1st and 15th of every month at midnight", "0 0 1,15 * *")]
    [InlineData("on the last day of the month at 23:00", "0 23 L * *")]
    [InlineData("on the last weekday of the month at 6pm", "0 18 LW * *")]
    [InlineData("daily at 9am and 5pm", "0 9,17 * * *")]
    [InlineData("hourly", "0 */1 * * *")]
    [InlineData("weekly on tuesday at 7am", "0 7 * * 2")]
    [InlineData("monthly at 6am", "0 6 1 * *")]
    [InlineData("yearly", "0 0 1 1 *")]
    [InlineData("on the 24th of december at 6pm", "0 18 24 12 *")]
    [InlineData("every 90 seconds", "@every 90s")]
    [InlineData("every 7 minutes", "@every 7m")]
    [InlineData("every 2 days", "@every 2d")]
    public void Two_ways_to_write_a_schedule_are_equal(string text, string same, bool areEqual = true)
    {
        if (areEqual)
        {
            Assert.Equal(CronExpression.Parse(same), CronExpression.Parse(text));
            Assert.Equal(CronExpression.Parse(same).GetHashCode(), CronExpression.Parse(text).GetHashCode());
            Assert.Equal(text, CronExpression.Parse(text).ToString());
        }
        else
        {
            Assert.True(CronExpression.TryParse(text, out _));
            Assert.False(CronExpression.TryParse(same, out _));
        }
    }

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("   ", 0, "empty")]
    [InlineData("* * * *", 0, "4 fields instead of 5")]
    [InlineData("0 0 0 1 1 ? 2030", 0, "years")]
    [InlineData("60 * * * *", 0, "minute goes from 0 to 59")]
    [InlineData("0 24 * * *", 2, "hour goes from 0 to 23")]
    [InlineData("0 0 0 * *", 4, "day of the month goes from 1 to 31")]
    [InlineData("0 0 32 * *", 4, "day of the month goes from 1 to 31")]
    [InlineData("0 0 * 13 *", 6, "month goes from 1 to 12")]
    [InlineData("0 0 * FOO *", 6, "'FOO'; the names are JAN")]
    [InlineData("0 0 * * 8", 8, "day of the week goes from 0 to 7")]
    [InlineData("0 0 * * MONDAY", 8, "'MONDAY'")]
    [InlineData("0 0 * * L", 8, "5L")]
    [InlineData("0 0 W * *", 4, "15W")]
    [InlineData("0 0 * * 5#6", 10, "from 1 to 5")]
    [InlineData("0 0 L-31 * *", 6, "from 0 to 30")]
    [InlineData("? * * * *", 0, "'?' is for the day")]
    [InlineData("0 0 ?,1 * *", 5, "stands alone")]
    [InlineData("*/0 * * * *", 2, "step")]
    [InlineData("*/60 * * * *", 2, "step")]
    [InlineData("1- * * * *", 2, "a minute is expected")]
    [InlineData("1,,2 * * * *", 2, "a minute is expected")]
    [InlineData("1-5-7 * * * *", 3, "cannot stand here")]
    [InlineData("5x * * * *", 1, "'x' cannot stand here")]
    [InlineData("-5 * * * *", 0, "a minute is expected")]
    [InlineData("99999999999999999999 * * * *", 0, "from 0 to 59")]
    [InlineData("15W-17 * * * *", 2, "cannot stand here")]
    [InlineData("0 0 31 2 *", 4, "never runs")]
    [InlineData("0 0 30,31 FEB *", 4, "never runs")]
    [InlineData("0 0 31 4,6,9,11 ?", 4, "never runs")]
    [InlineData("0 0 L-30 2,4 *", 4, "never runs")]
    [InlineData("0 0 31W 2 *", 4, "never runs")]
    [InlineData("@reboot", 0, "starts")]
    [InlineData("@fortnightly", 0, "not known")]
    [InlineData("@daily 5", 7, "nothing follows")]
    [InlineData("@every", 6, "duration")]
    [InlineData("@every 500ms", 7, "one second or more")]
    [InlineData("@every 1500ms", 7, "whole seconds")]
    [InlineData("@every 9999d", 7, "3660 days")]
    [InlineData("every day at 25:00", 13, "a time such as")]
    [InlineData("every day at 13pm", 13, "a time such as")]
    [InlineData("every blue moon", 6, "'blue'")]
    [InlineData("every 15 parsecs", 9, "'parsecs'")]
    [InlineData("every 0 minutes", 6, "one second or more")]
    [InlineData("daily at 9:00 and 17:30", 18, "make two")]
    [InlineData("every 15 minutes at 9am", 0, "exclude")]
    [InlineData("every 7 minutes on monday", 0, "no fixed place")]
    [InlineData("on the 31st of february", 0, "never runs")]
    [InlineData("at", 2, "the end")]
    public void What_is_no_schedule_is_refused_with_position_and_reason(string text, int position, string reason)
    {
        var error = Assert.Throws<CronFormatException>(() => CronExpression.Parse(text));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
        Assert.False(CronExpression.TryParse(text, out var never));
        Assert.Null(never.GetNextOccurrence(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Any_text_is_parsed_or_refused_but_never_worse()
    {
        var random = new Random(20_24);
        const string alphabet = "0123456789*/,-?LW# MONFEBjan@everyatday:";
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Create(random.Next(24), random, static (span, r) =>
            {
                foreach (ref var c in span)
                {
                    c = alphabet[r.Next(alphabet.Length)];
                }
            });
            if (CronExpression.TryParse(text, out var schedule))
            {
                Assert.NotNull(schedule.GetNextOccurrence(DateTimeOffset.UnixEpoch));
            }
            else
            {
                Assert.InRange(Assert.Throws<CronFormatException>(() => CronExpression.Parse(text)).Position, 0, text.Length);
            }
        }
    }

    [Theory]
    [InlineData("* * * * * *", 1)]
    [InlineData("*/20 * * * * *", 20)]
    [InlineData("* * * * *", 60)]
    [InlineData("0,50 * * * *", 600)]
    [InlineData("0 2 * * *", 86_400)]
    [InlineData("0 0,23 * * *", 3600)]
    [InlineData("@every 90s", 90)]
    public void The_shortest_time_between_two_runs_is_known(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), CronExpression.Parse(text).GetShortestGap(TimeSpan.FromSeconds(1)));
}
