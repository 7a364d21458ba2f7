using System.Diagnostics.CodeAnalysis;

namespace Jobs;

/// <summary>
/// When something recurs: five fields (minute, hour, day of the month, month, day of the week), six with the second before them,
/// <c>@hourly</c> to <c>@yearly</c>, <c>@every 90s</c>, or an English phrase such as "weekdays at 18:30".
/// </summary>
/// <remarks>
/// <para>Fields take lists, ranges (which may wrap around: <c>22-2</c>, <c>FRI-MON</c>), steps, names, and for days <c>?</c>,
/// <c>L</c>, <c>L-3</c>, <c>W</c>, <c>LW</c>, <c>5L</c> and <c>5#2</c>. Sunday is 0 and 7. When both day fields are restricted,
/// either suffices, as in cron(8). An expression that never runs (31 February) is refused.</para>
/// <para>At daylight-saving changes a fixed time that falls into the gap runs once right after it, a fixed time that comes twice
/// runs the first time, and a schedule with a star or a step in the minute or the hour runs by elapsed time: not in the gap, and
/// in both halves of the repeated hour.</para>
/// <para>The default value never runs.</para>
/// </remarks>
public readonly struct CronExpression : IEquatable<CronExpression>, ISpanParsable<CronExpression>
{
    private readonly CronFields _fields;
    private readonly string? _text;

    private CronExpression(in CronFields fields, string text)
    {
        _fields = fields;
        _text = text;
    }

    /// <summary>The interval of <c>@every</c> and of phrases without a place in the calendar ("every 90 seconds"); null for all others.</summary>
    public TimeSpan? Interval => _fields.Interval > 0 ? new TimeSpan(_fields.Interval) : null;

    /// <summary>Parses a schedule.</summary>
    /// <param name="text">The text; at most 200 characters.</param>
    /// <exception cref="CronFormatException">The text is not a schedule, or one that never runs; the message says where and why.</exception>
    public static CronExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CronParser.Parse(text, out var fields) is { } problem
            ? throw new CronFormatException(text, problem)
            : new CronExpression(fields, text);
    }

    /// <summary>Parses a schedule.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The schedule; one that never runs when the text is not a schedule.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out CronExpression value)
    {
        var parsed = CronParser.Parse(text, out var fields) is null;
        value = parsed ? new CronExpression(fields, text!) : default;
        return parsed;
    }

    /// <summary>The first run after an instant.</summary>
    /// <param name="after">The instant; it is not itself an answer. An <see cref="Interval"/> is counted from it.</param>
    /// <param name="zone">Whose calendar and clock count; null means UTC. The answer has its offset.</param>
    /// <returns>Null when there is none up to the year 9999.</returns>
    public DateTimeOffset? GetNextOccurrence(DateTimeOffset after, TimeZoneInfo? zone = null)
    {
        var from = after.UtcTicks;
        if (_fields.Interval > 0)
        {
            var next = from + _fields.Interval;
            return next > DateTime.MaxValue.Ticks ? null : At(next, zone is null ? 0 : ZoneOffsets.Of(zone).At(next));
        }

        if (_text is null)
        {
            return null;
        }

        if (zone is null || ReferenceEquals(zone, TimeZoneInfo.Utc))
        {
            return CronTime.TryFind(_fields, from - (from % TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond, out var found) ? At(found, 0) : null;
        }

        var offsets = ZoneOffsets.Of(zone);
        return CronZone.TryFindNext(_fields, from, offsets, out var utc) ? At(utc, offsets.At(utc)) : null;

        // The local time of the very first and last days may be none that a date can be.
        static DateTimeOffset At(long utc, long offset) =>
            utc + offset < 0 || utc + offset > DateTime.MaxValue.Ticks ? new DateTimeOffset(utc, TimeSpan.Zero) : new DateTimeOffset(utc + offset, new TimeSpan(offset));
    }

    /// <summary>The runs after an instant, in order and without end (up to the year 9999): take as many as needed.</summary>
    /// <param name="after">The instant.</param>
    /// <param name="zone">Whose calendar and clock count; null means UTC.</param>
    public IEnumerable<DateTimeOffset> GetOccurrences(DateTimeOffset after, TimeZoneInfo? zone = null)
    {
        for (var next = GetNextOccurrence(after, zone); next is { } occurrence; next = GetNextOccurrence(occurrence, zone))
        {
            yield return occurrence;
        }
    }

    /// <summary>Whether both mean the same; how it is written plays no part.</summary>
    public bool Equals(CronExpression other) => _fields.Equals(other._fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CronExpression other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _fields.GetHashCode();

    /// <summary>The text as it was written.</summary>
    public override string ToString() => _text ?? string.Empty;

    /// <summary>Whether both mean the same.</summary>
    public static bool operator ==(CronExpression left, CronExpression right) => left.Equals(right);

    /// <summary>Whether they mean different things.</summary>
    public static bool operator !=(CronExpression left, CronExpression right) => !left.Equals(right);

    static CronExpression IParsable<CronExpression>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<CronExpression>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CronExpression result) => TryParse(s, out result);

    static CronExpression ISpanParsable<CronExpression>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<CronExpression>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out CronExpression result) => TryParse(s.ToString(), out result);

    /// <summary>The shortest time between two runs, daylight-saving changes aside. Exact when it is less than <paramref name="enough"/>.</summary>
    internal TimeSpan GetShortestGap(TimeSpan enough) => Interval ?? CronTime.GetShortestGap(_fields, enough);
}
