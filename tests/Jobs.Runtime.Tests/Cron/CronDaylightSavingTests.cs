using System.Globalization;
using Xunit;

namespace Jobs.Runtime.Tests.Cron;

/// <summary>The rules for daylight-saving changes, in zones whose changes are odd.</summary>
public sealed class CronDaylightSavingTests
{
    private const string NewYork = "America/New_York";

    [Theory]
    // The clock goes from 02:00 to 03:00 on 10 March 2024.
    [InlineData(NewYork, "30 2 * * *", "2024-03-09T12:00-05:00", "2024-03-10T03:00-04:00 2024-03-11T02:30-04:00")]
    [InlineData(NewYork, "0,15,30 2,3 * * *", "2024-03-10T00:00-05:00", "2024-03-10T03:00-04:00 2024-03-10T03:15-04:00 2024-03-10T03:30-04:00")]
    [InlineData(NewYork, "*/30 * * * *", "2024-03-10T01:00-05:00", "2024-03-10T01:30-05:00 2024-03-10T03:00-04:00 2024-03-10T03:30-04:00")]
    [InlineData(NewYork, "30 * * * *", "2024-03-10T01:00-05:00", "2024-03-10T01:30-05:00 2024-03-10T03:30-04:00")]
    [InlineData(NewYork, "0 */2 * * *", "2024-03-10T00:00-05:00", "2024-03-10T04:00-04:00")]
    [InlineData(NewYork, "0 0 2 * * *", "2024-03-10T00:00-05:00", "2024-03-10T03:00-04:00 2024-03-11T02:00-04:00")]
    // From 02:00 back to 01:00 on 3 November 2024.
    [InlineData(NewYork, "30 1 * * *", "2024-11-03T00:00-04:00", "2024-11-03T01:30-04:00 2024-11-04T01:30-05:00")]
    [InlineData(NewYork, "30 1 * * *", "2024-11-03T01:10-05:00", "2024-11-04T01:30-05:00")]
    [InlineData(NewYork, "0,30 1,2 * * *", "2024-11-03T01:30-04:00", "2024-11-03T02:00-05:00 2024-11-03T02:30-05:00")]
    [InlineData(NewYork, "*/30 * * * *", "2024-11-03T01:00-04:00", "2024-11-03T01:30-04:00 2024-11-03T01:00-05:00 2024-11-03T01:30-05:00 2024-11-03T02:00-05:00")]
    [InlineData(NewYork, "15 * * * *", "2024-11-03T01:20-04:00", "2024-11-03T01:15-05:00 2024-11-03T02:15-05:00")]
    [InlineData(NewYork, "*/20 1 * * *", "2024-11-03T01:40-04:00", "2024-11-03T01:00-05:00 2024-11-03T01:20-05:00 2024-11-03T01:40-05:00 2024-11-04T01:00-05:00")]
    [InlineData(NewYork, "*/20 1 * * *", "2024-11-03T01:40-05:00", "2024-11-04T01:00-05:00")]
    // Lord Howe moves its clock by half an hour: 02:00 to 02:30 on 6 October 2024, 02:00 to 01:30 on 7 April 2024.
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2024-10-06T00:00+10:30", "2024-10-06T02:30+11:00 2024-10-07T02:15+11:00")]
    [InlineData("Australia/Lord_Howe", "45 1 * * *", "2024-04-07T00:00+11:00", "2024-04-07T01:45+11:00 2024-04-08T01:45+10:30")]
    [InlineData("Australia/Lord_Howe", "*/15 * * * *", "2024-04-07T01:30+11:00", "2024-04-07T01:45+11:00 2024-04-07T01:30+10:30 2024-04-07T01:45+10:30 2024-04-07T02:00+10:30")]
    // Changes at midnight: the day begins at 01:00, or its last hour comes twice.
    [InlineData("America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00-03:00", "2018-11-04T01:00-02:00 2018-11-05T00:00-02:00")]
    [InlineData("America/Sao_Paulo", "30 23 * * *", "2018-02-17T12:00-02:00", "2018-02-17T23:30-02:00 2018-02-18T23:30-03:00")]
    [InlineData("Asia/Beirut", "15 0 * * *", "2024-03-30T12:00+02:00", "2024-03-31T01:00+03:00 2024-04-01T00:15+03:00")]
    // Samoa left out 30 December 2011.
    [InlineData("Pacific/Apia", "0 12 * * *", "2011-12-29T11:00-10:00", "2011-12-29T12:00-10:00 2011-12-31T00:00+14:00 2011-12-31T12:00+14:00")]
    [InlineData("Pacific/Apia", "0 * * * *", "2011-12-29T22:30-10:00", "2011-12-29T23:00-10:00 2011-12-31T00:00+14:00 2011-12-31T01:00+14:00")]
    // Kwajalein did the same on 21 August 1993; Caracas moved by half an hour.
    [InlineData("Pacific/Kwajalein", "30 6 21 8 *", "1993-08-20T00:00-12:00", "1993-08-22T00:00+12:00 1994-08-21T06:30+12:00")]
    [InlineData("America/Caracas", "45 2 * * *", "2016-05-01T00:00-04:30", "2016-05-01T03:00-04:00 2016-05-02T02:45-04:00")]
    public void The_rules_hold(string zone, string schedule, string after, string expected)
    {
        var occurrences = expected.Split(' ').Select(Time).ToArray();

        var found = CronExpression.Parse(schedule).GetOccurrences(Time(after), TimeZoneInfo.FindSystemTimeZoneById(zone)).Take(occurrences.Length);

        Assert.Equal(occurrences.Select(o => o.ToString("O", CultureInfo.InvariantCulture)), found.Select(o => o.ToString("O", CultureInfo.InvariantCulture)));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
