using Jobs.Storage;

namespace Jobs.Retries;

/// <summary>The delay before the next attempt.</summary>
/// <remarks>
/// The jitter takes away from the delay and never adds to it, so that the cap holds and the share is what it says:
/// with a jitter of 0.2, the delay lies between 80 % and 100 % of the computed one.
/// </remarks>
internal static class Backoff
{
    /// <summary>Computes the delay.</summary>
    /// <param name="policy">The job's policy.</param>
    /// <param name="failedAttempts">How many attempts have failed, this one included; at least 1.</param>
    /// <param name="random">From 0 up to 1.</param>
    public static TimeSpan Delay(JobPolicy policy, int failedAttempts, double random)
    {
        var first = (double)policy.BackoffDelay.Ticks;
        var ticks = policy.Backoff switch
        {
            BackoffKind.Fixed => first,
            BackoffKind.Linear => first * failedAttempts,
            _ => first * Math.Pow(2, failedAttempts - 1),
        };
        ticks = Math.Min(ticks, policy.MaxBackoffDelay.Ticks);
        ticks -= ticks * policy.Jitter * random;

        // The largest durations are not exact as doubles: the nearest one may lie beyond what a duration can hold.
        return ticks >= policy.MaxBackoffDelay.Ticks ? policy.MaxBackoffDelay : TimeSpan.FromTicks((long)ticks);
    }
}
