using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs;

/// <summary>
/// A job's id, a UUID: issued by the storage (ordered by time, in a layout of the storage's own), chosen beforehand with
/// <see cref="New"/>, or named by a text with <see cref="From"/>. Unique, not secret.
/// </summary>
[JsonConverter(typeof(JsonConverter))]
public readonly record struct JobId : IComparable<JobId>, ISpanFormattable, ISpanParsable<JobId>
{
    /// <summary>Wraps a UUID.</summary>
    /// <param name="value">The UUID.</param>
    public JobId(Guid value) => Value = value;

    /// <summary>The UUID.</summary>
    public Guid Value { get; }

    /// <summary>A new id, ordered by time to the millisecond (UUID version 7, RFC 9562).</summary>
    /// <remarks>Its 74 random bits come from <see cref="Random.Shared"/>: an id is unique, not secret, and the cryptographic source would be the largest single cost of an enqueue.</remarks>
    public static JobId New()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes[6..]);
        var milliseconds = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        return Stamp(bytes, version: 7);
    }

    /// <summary>The id that a text names: the same text always names the same id (UUID version 8 over the first half of SHA-256 of the UTF-8 text).</summary>
    /// <param name="text">The name; not empty.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty.</exception>
    public static JobId From(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Stamp(hash[..16], version: 8);
    }

    /// <inheritdoc/>
    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    /// <summary>The id in the usual form, 32 hexadecimal digits in five groups.</summary>
    public override string ToString() => Value.ToString();

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider);

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Value.TryFormat(destination, out charsWritten, format);

    /// <summary>Parses an id in any of the forms of <see cref="Guid.Parse(string)"/>.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is not a UUID.</exception>
    public static JobId Parse(string s, IFormatProvider? provider = null) => new(Guid.Parse(s, provider));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new JobId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public static JobId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Guid.Parse(s, provider));

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out JobId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new JobId(value);
        return parsed;
    }

    /// <summary>Orders ids by their bytes.</summary>
    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    /// <summary>Orders ids by their bytes.</summary>
    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders ids by their bytes.</summary>
    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    /// <summary>Orders ids by their bytes.</summary>
    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;

    private static JobId Stamp(Span<byte> bytes, int version)
    {
        bytes[6] = (byte)((bytes[6] & 0x0F) | (version << 4));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new JobId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Reads and writes the text form.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public sealed class JsonConverter : JsonConverter<JobId>
    {
        /// <inheritdoc/>
        public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
