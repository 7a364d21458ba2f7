using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs;

/// <summary>
/// A span of time that is never negative. Implicit from <see cref="TimeSpan"/> and from texts such as "5s", "5m", "1h", "2d",
/// "1d10h30m" and "250ms"; not from numbers, which would leave the unit open. Serialized as its text.
/// </summary>
/// <remarks>Its precision is a millisecond: a finer <see cref="TimeSpan"/> is rounded up.</remarks>
[JsonConverter(typeof(JsonConverter))]
public readonly record struct JobDuration
{
    private JobDuration(TimeSpan value) => Value = value;

    /// <summary>The span of time.</summary>
    public TimeSpan Value { get; }

    /// <summary>Parses a text such as "1d10h30m": numbers with the units d, h, m, s and ms, descending, each at most once.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a duration, or longer than <see cref="TimeSpan.MaxValue"/>; the message says what is wrong.</exception>
    public static JobDuration Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return JobDurationText.Parse(text, out var value) is { } problem
            ? throw new FormatException($"'{text}' is not a duration: {problem}. Write it like \"5s\", \"1h30m\" or \"250ms\".")
            : new JobDuration(value);
    }

    /// <summary>Parses a text such as "1d10h30m".</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The duration; zero when the text is not one.</param>
    public static bool TryParse(string? text, out JobDuration value)
    {
        var parsed = JobDurationText.Parse(text, out var span) is null;
        value = parsed ? new JobDuration(span) : default;
        return parsed;
    }

    /// <summary>Makes a duration from a span of time.</summary>
    /// <param name="value">Zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative.</exception>
    public static JobDuration FromTimeSpan(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        var excess = value.Ticks % TimeSpan.TicksPerMillisecond;
        var rounded = excess == 0 ? value.Ticks : value.Ticks - excess + TimeSpan.TicksPerMillisecond;
        return new JobDuration(rounded < 0 ? new TimeSpan(value.Ticks - excess) : new TimeSpan(rounded));
    }

    /// <summary>The span of time.</summary>
    public TimeSpan ToTimeSpan() => Value;

    /// <summary>The shortest text that parses to this duration, such as "1h30m".</summary>
    public override string ToString() => JobDurationText.Format(Value);

    /// <inheritdoc cref="FromTimeSpan"/>
    public static implicit operator JobDuration(TimeSpan value) => FromTimeSpan(value);

    /// <inheritdoc cref="Parse"/>
    public static implicit operator JobDuration(string text) => Parse(text);

    /// <summary>The span of time.</summary>
    /// <param name="value">The duration.</param>
    public static implicit operator TimeSpan(JobDuration value) => value.Value;

    /// <summary>Reads and writes the text form.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public sealed class JsonConverter : JsonConverter<JobDuration>
    {
        /// <inheritdoc/>
        public override JobDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return TryParse(text, out var value) ? value : throw new JsonException($"'{text}' is not a duration such as \"5s\" or \"1h30m\".");
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, JobDuration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
