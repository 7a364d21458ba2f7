using Jobs.Analyzers.Tests.Testing;
using Jobs.Generator.Analyzers;
using Xunit;

namespace Jobs.Analyzers.Tests.Values;

public class SuggestionTests
{
    [Theory]
    [InlineData("5 s", "5s")]
    [InlineData("5 minutes", "5m")]
    [InlineData("1 hour and 30 min", "1h30m")]
    [InlineData("1h, 30m", "1h30m")]
    [InlineData("30m1h", "1h30m")]
    [InlineData("1.5h", "1h30m")]
    [InlineData("30", "30s")]
    [InlineData("1w", "7d")]
    [InlineData("5S", "5s")]
    [InlineData("00:05:00", "5m")]
    [InlineData("1.02:00:00", "1d2h")]
    [InlineData("PT5M", "5m")]
    [InlineData("P1DT2H", "1d2h")]
    [InlineData("90s90s", "3m")]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("-5s", null)]
    [InlineData("99999999999999d", null)]
    public void A_duration_that_was_probably_meant(string text, string? expected)
    {
        Assert.Equal(expected, DurationSuggestion.For(text));
        if (expected is not null)
        {
            Assert.True(JobDuration.TryParse(expected, out _));
        }
    }

    [Theory]
    [InlineData("europe/zurich", "Europe/Zurich")]
    [InlineData("America/New York", "America/New_York")]
    [InlineData("Zurich", "Europe/Zurich")]
    [InlineData("Nowhere/Land", null)]
    [InlineData("", null)]
    public void A_time_zone_that_was_probably_meant(string text, string? expected) => Assert.Equal(expected, TimeZoneNames.Suggest(text));

    [Fact]
    public void The_list_of_time_zones_has_what_this_machine_has()
    {
        var missing = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal) && !TimeZoneNames.Contains(id)).ToList();

        Assert.Empty(missing);
        Assert.True(TimeZoneNames.Contains("UTC"));
        Assert.False(TimeZoneNames.Contains("utc"));
    }

    [Fact]
    public Task The_fix_writes_it() => Fixing.VerifyAsync(
        "JOB0101",
        """
        public static class Calls
        {
            public static EnqueueOptions Make() => new() { Delay = /* soon */ "5 minutes" };
        }
        """,
        """
        public static class Calls
        {
            public static EnqueueOptions Make() => new() { Delay = /* soon */ "5m" };
        }
        """);

    [Fact]
    public async Task There_is_no_fix_where_nothing_comes_to_mind() => Assert.Empty(await Fixing.GetTitlesAsync("JOB0101", """
        public static class Calls
        {
            public static EnqueueOptions Make() => new() { Delay = "soon" };
        }
        """));
}
