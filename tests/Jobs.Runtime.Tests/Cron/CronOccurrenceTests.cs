using System.Globalization;
using Xunit;

namespace Jobs.Runtime.Tests.Cron;

public sealed class CronOccurrenceTests
{
    [Theory]
    [InlineData("* * * * *", "2024-01-01T00:00:00", "2024-01-01T00:01:00")]
    [InlineData("* * * * * *", "2024-01-01T00:00:00.5", "2024-01-01T00:00:01")]
    [InlineData("59 23 31 12 *", "2024-12-31T23:59:00", "2025-12-31T23:59:00")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00:00", "2104-02-29T00:00:00")]
    [InlineData("0 0 L * *", "2024-02-01T00:00:00", "2024-02-29T00:00:00")]
    [InlineData("0 0 L-1 * *", "2023-02-01T00:00:00", "2023-02-27T00:00:00")]
    [InlineData("0 0 LW * *", "2024-06-01T00:00:00", "2024-06-28T00:00:00")]
    [InlineData("0 0 1W * *", "2024-06-01T00:00:00", "2024-06-03T00:00:00")]
    [InlineData("0 0 15W * *", "2024-06-01T00:00:00", "2024-06-14T00:00:00")]
    [InlineData("0 0 16W * *", "2024-06-15T00:00:00", "2024-06-17T00:00:00")]
    [InlineData("0 0 31W * *", "2024-02-01T00:00:00", "2024-03-29T00:00:00")]
    [InlineData("0 0 * * 5L", "2024-05-01T00:00:00", "2024-05-31T00:00:00")]
    [InlineData("0 0 * * MON#5", "2024-05-01T00:00:00", "2024-07-29T00:00:00")]
    [InlineData("0 0 13 * FRI", "2024-05-01T00:00:00", "2024-05-03T00:00:00")]
    [InlineData("0 0 */31 * FRI", "2024-05-01T00:00:00", "2024-11-01T00:00:00")]
    [InlineData("@every 90s", "2024-01-01T00:00:10.25", "2024-01-01T00:01:40.25")]
    public void The_next_run_is_found(string text, string after, string expected) =>
        Assert.Equal(Time(expected), CronExpression.Parse(text).GetNextOccurrence(Time(after)));

    [Fact]
    public void There_is_none_after_the_year_9999()
    {
        Assert.Null(CronExpression.Parse("0 0 * * *").GetNextOccurrence(DateTimeOffset.MaxValue));
        Assert.Null(CronExpression.Parse("@every 1h").GetNextOccurrence(DateTimeOffset.MaxValue));
        Assert.Null(CronExpression.Parse("0 0 29 2 *").GetNextOccurrence(Time("9997-01-01T00:00:00")));
        Assert.NotNull(CronExpression.Parse("0 0 * * *").GetNextOccurrence(DateTimeOffset.MinValue, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")));
    }

    [Fact]
    public void The_answer_has_the_offset_of_its_zone()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        var summer = CronExpression.Parse("0 2 1 7 *").GetNextOccurrence(Time("2024-01-01T00:00:00"), berlin);

        Assert.Equal(new DateTimeOffset(2024, 7, 1, 2, 0, 0, TimeSpan.FromHours(2)), summer);
        Assert.Equal(TimeSpan.FromHours(2), summer!.Value.Offset);
    }

    [Fact]
    public void Finding_the_next_run_allocates_nothing()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        CronExpression[] schedules = [.. new[] { "*/5 * * * * *", "0 2 * * *", "30 2 * * SUN", "0 0 LW * *", "0 0 * * 5#5", "0 0 29 2 *" }.Select(CronExpression.Parse)];
        var after = Time("2024-03-30T00:00:00");
        Walk(schedules, zone, after);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Walk(schedules, zone, after);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Walk(CronExpression[] schedules, TimeZoneInfo zone, DateTimeOffset after)
        {
            foreach (var schedule in schedules)
            {
                var at = after;
                for (var i = 0; i < 300; i++)
                {
                    at = schedule.GetNextOccurrence(at, zone)!.Value;
                }
            }
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
