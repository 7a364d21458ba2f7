using System.Globalization;
using System.Threading.RateLimiting;
using Jobs.AspNetCore.Problems;
using Jobs.Http.Wire;
using Microsoft.AspNetCore.Http;

namespace Jobs.AspNetCore.Limits;

/// <summary>
/// Bounds how many requests each caller makes, and says with every answer what is left, by the headers of
/// draft-ietf-httpapi-ratelimit-headers. A caller is who is authenticated, else the address from which the request comes.
/// </summary>
internal sealed class CallerLimits(RateLimit limit, Func<System.Security.Claims.ClaimsPrincipal, string?> identify) : IDisposable
{
    private readonly string _policy = $"\"caller\";q={limit.Permits};w={Math.Ceiling(limit.Per.Value.TotalSeconds):0}";

    // A bucket that is full again is forgotten: callers who do not come back cost nothing.
    private readonly PartitionedRateLimiter<string> _buckets = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = limit.Burst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = limit.Interval,
        QueueLimit = 0,
        AutoReplenishment = false,
    }));

    /// <exception cref="ApiException">The caller has none left.</exception>
    public void Take(HttpContext context)
    {
        var caller = (context.User.Identity?.IsAuthenticated == true ? identify(context.User) : null) is { } known ? "user " + known : "address " + context.Connection.RemoteIpAddress;
        using var lease = _buckets.AttemptAcquire(caller);
        var left = _buckets.GetStatistics(caller)?.CurrentAvailablePermits ?? 0;
        var next = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(limit.Interval.TotalSeconds)));
        context.Response.Headers["RateLimit-Policy"] = _policy;
        context.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"caller\";r={left};t={next.TotalSeconds:0}");
        if (!lease.IsAcquired)
        {
            throw new ApiException(StatusCodes.Status429TooManyRequests, ProblemCodes.TooManyRequests, $"You have made {limit.Permits} requests in {limit.Per}, and more are not allowed. Come back later.") { RetryAfter = next };
        }
    }

    public void Dispose() => _buckets.Dispose();
}
