using Xunit;

namespace Jobs.Runtime.Tests.Client;

/// <summary>A duration always says its unit: nobody takes seconds for milliseconds.</summary>
public sealed class JobDurationTests
{
    [Fact]
    public void A_number_is_no_duration()
    {
        var sources = typeof(JobDuration).GetMethods().Where(static method => method.Name is "op_Implicit" or "op_Explicit" && method.ReturnType == typeof(JobDuration)).Select(static method => method.GetParameters()[0].ParameterType);

        Assert.Equal([typeof(string), typeof(TimeSpan)], sources.OrderBy(static type => type.Name, StringComparer.Ordinal));
        Assert.All(["5", "5000", "1.5", " 5s", "5 s", "5S", "-5s", ""], static text => Assert.False(JobDuration.TryParse(text, out _), text));
    }

    [Theory]
    [InlineData("5s", 5_000)]
    [InlineData("5ms", 5)]
    [InlineData("5m", 300_000)]
    [InlineData("1d10h30m", 124_200_000)]
    public void A_unit_means_what_it_says(string text, long milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), JobDuration.Parse(text).Value);
        Assert.Equal(text, JobDuration.Parse(text).ToString());
    }
}
