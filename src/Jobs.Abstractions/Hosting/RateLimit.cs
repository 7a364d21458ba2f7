namespace Jobs;

/// <summary>
/// A token bucket: so many permits per time, at an even pace, of which up to <see cref="Burst"/> may be used at once after a quiet
/// time. Starting an attempt takes one permit, a retry included.
/// </summary>
public sealed record RateLimit
{
    /// <summary>Creates a limit.</summary>
    /// <param name="permits">How many attempts may start per <paramref name="per"/>: 1 to 1,000,000.</param>
    /// <param name="per">The time: at least a microsecond per permit, at most 366 days.</param>
    /// <param name="burst">How many may start at once: 1 to 1,000,000. Null: as many as <paramref name="permits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public RateLimit(int permits, JobDuration per, int? burst = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permits, MaxPermits);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst ?? 1, 1, nameof(burst));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(burst ?? 1, MaxPermits, nameof(burst));
        if (per.Value.Ticks / permits < TimeSpan.TicksPerMicrosecond || per.Value > TimeSpan.FromDays(366))
        {
            throw new ArgumentOutOfRangeException(nameof(per), per, $"{permits} permits per {per} is out of range: use at least a microsecond per permit, and at most 366 days.");
        }

        (Permits, Per, Burst) = (permits, per, burst ?? permits);
    }

    /// <summary>How many attempts may start per <see cref="Per"/>.</summary>
    public int Permits { get; }

    /// <summary>The time in which <see cref="Permits"/> come up.</summary>
    public JobDuration Per { get; }

    /// <summary>How many attempts may start at once.</summary>
    public int Burst { get; }

    /// <summary>The time in which one permit comes up, rounded down to microseconds.</summary>
    public TimeSpan Interval => TimeSpan.FromMicroseconds(Per.Value.Ticks / Permits / TimeSpan.TicksPerMicrosecond);

    private const int MaxPermits = 1_000_000;

    /// <summary>Reads a text such as <c>"100/1m"</c>, or with a burst <c>"100/1m,10"</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a rate limit.</exception>
    public static RateLimit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var end = comma < 0 ? text.Length : comma;
        int? burst = null;
        if (slash > 0 && slash < end
            && int.TryParse(text.AsSpan(0, slash), System.Globalization.CultureInfo.InvariantCulture, out var permits)
            && JobDuration.TryParse(text[(slash + 1)..end], out var per)
            && (comma < 0 || TryParseBurst(text.AsSpan(comma + 1), out burst)))
        {
            try
            {
                return new RateLimit(permits, per, burst);
            }
            catch (ArgumentOutOfRangeException exception)
            {
                throw new FormatException($"'{text}' is not a rate limit: {exception.Message}", exception);
            }
        }

        throw new FormatException($"'{text}' is not a rate limit. Write it like \"100/1m\", or with a burst \"100/1m,10\".");
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Permits}/{Per}{(Burst == Permits ? "" : ",")}{(Burst == Permits ? null : Burst)}");

    private static bool TryParseBurst(ReadOnlySpan<char> text, out int? burst)
    {
        var isNumber = int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value);
        burst = value;
        return isNumber;
    }
}
