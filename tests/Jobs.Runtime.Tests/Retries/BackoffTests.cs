using Jobs.Retries;
using Jobs.Storage;
using Xunit;

namespace Jobs.Runtime.Tests.Retries;

public sealed class BackoffTests
{
    private static readonly JobPolicy _plain = JobPolicy.Default with { BackoffDelay = TimeSpan.FromSeconds(2), Jitter = 0 };

    [Theory]
    [InlineData(BackoffKind.Fixed, 1, 2)]
    [InlineData(BackoffKind.Fixed, 5, 2)]
    [InlineData(BackoffKind.Linear, 1, 2)]
    [InlineData(BackoffKind.Linear, 5, 10)]
    [InlineData(BackoffKind.Exponential, 1, 2)]
    [InlineData(BackoffKind.Exponential, 5, 32)]
    public void The_delay_grows_as_its_kind_says(BackoffKind kind, int failedAttempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(_plain with { Backoff = kind }, failedAttempts, 0.5));

    [Theory]
    [InlineData(BackoffKind.Fixed)]
    [InlineData(BackoffKind.Linear)]
    [InlineData(BackoffKind.Exponential)]
    public void The_delay_never_exceeds_its_cap_not_even_after_a_thousand_attempts(BackoffKind kind)
    {
        var policy = _plain with { Backoff = kind, MaxBackoffDelay = TimeSpan.FromMinutes(1), BackoffDelay = TimeSpan.FromHours(1) };
        for (var attempt = 1; attempt <= 1100; attempt++)
        {
            Assert.Equal(TimeSpan.FromMinutes(1), Backoff.Delay(policy, attempt, 0));
        }
    }

    [Fact]
    public void The_longest_durations_do_not_overflow()
    {
        var policy = _plain with { MaxBackoffDelay = TimeSpan.MaxValue, BackoffDelay = TimeSpan.MaxValue };
        Assert.Equal(TimeSpan.MaxValue, Backoff.Delay(policy, 1000, 0));
        Assert.InRange(Backoff.Delay(policy with { Jitter = 1 }, 1000, 0.5), TimeSpan.FromDays(1), TimeSpan.MaxValue);
    }

    [Fact]
    public void No_delay_stays_none_however_often_it_is_doubled() =>
        Assert.Equal(TimeSpan.Zero, Backoff.Delay(_plain with { BackoffDelay = TimeSpan.Zero }, 5000, 0.3));

    [Fact]
    public void The_jitter_takes_its_share_away_and_never_adds()
    {
        var policy = _plain with { Backoff = BackoffKind.Fixed, BackoffDelay = TimeSpan.FromSeconds(10), Jitter = 0.2 };
        Assert.Equal(TimeSpan.FromSeconds(10), Backoff.Delay(policy, 1, 0));
        Assert.Equal(TimeSpan.FromSeconds(9), Backoff.Delay(policy, 1, 0.5));
        Assert.InRange(Backoff.Delay(policy, 1, 0.999999), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8.001));
    }
}
