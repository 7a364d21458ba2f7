using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Jobs.Metadata;

/// <summary>
/// Reads and writes a type of simple shape without the detour over its metadata. It knows the usual case only: JSON as it writes it
/// itself, with all members in their order. Whatever else there is, it leaves to the serializer, whose word counts: there is one
/// set of rules, and one wording of errors.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JobJsonShortcut<T>
{
    private readonly byte[][] _names;
    private readonly JsonEncodedText[] _writtenNames;

    /// <summary>Prepares the names of the members, which the metadata knows.</summary>
    /// <param name="info">The type's metadata.</param>
    /// <param name="members">How many members the emitted code reads and writes, in the order of the metadata.</param>
    protected JobJsonShortcut(JsonTypeInfo info, int members)
    {
        ArgumentNullException.ThrowIfNull(info);
        IsUsable = info is { Kind: JsonTypeInfoKind.Object, PolymorphismOptions: null, OnSerializing: null, OnSerialized: null, OnDeserializing: null, OnDeserialized: null, NumberHandling: null or JsonNumberHandling.Strict }
            && info.Properties.Count == members;
        JsonPropertyInfo[] properties = [.. info.Properties];
        _names = Array.ConvertAll(properties, static property => Encoding.UTF8.GetBytes(property.Name));
        _writtenNames = Array.ConvertAll(properties, property => JsonEncodedText.Encode(property.Name, info.Options.Encoder));
    }

    /// <summary>Whether the metadata asks for nothing that the shortcut does not know.</summary>
    public bool IsUsable { get; }

    /// <summary>Reads a value; false when the serializer has to.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(ReadOnlySpan<byte> json, [MaybeNullWhen(false)] out T value)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject && TryReadObject(ref reader, out value))
            {
                return true;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // No JSON, or no text: the serializer finds it too, and says where.
        }

        value = default;
        return false;
    }

    /// <summary>Writes a value; false when the serializer has to, whatever was written until then.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The value.</param>
    public bool TryWrite(Utf8JsonWriter writer, T value) => value is not null && TryWriteObject(writer, value);

    /// <summary>Reads the members and the end of the object.</summary>
    protected abstract bool TryReadObject(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out T result);

    /// <summary>Writes the object.</summary>
    protected abstract bool TryWriteObject(Utf8JsonWriter writer, T source);

    /// <summary>The name of a member as it is written.</summary>
    protected JsonEncodedText Name(int member) => _writtenNames[member];

    /// <summary>Reads the name of the member whose turn it is.</summary>
    protected bool TryReadName(ref Utf8JsonReader reader, int member) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(_names[member]);

    /// <summary>Reads the end of the object and of the JSON.</summary>
    protected static bool TryReadEnd(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndObject && !reader.Read();

    /// <summary>Reads text that may not be null.</summary>
    protected static bool TryRead(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out string value)
    {
        value = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return value is not null;
    }

    /// <summary>Reads text or null.</summary>
    protected static bool TryReadOptional(ref Utf8JsonReader reader, out string? value)
    {
        value = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return value is not null || reader.TokenType == JsonTokenType.Null;
    }

    /// <summary>Reads true or false.</summary>
    protected static bool TryRead(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.Read() && reader.TokenType == JsonTokenType.True;
        return value || reader.TokenType == JsonTokenType.False;
    }

    /// <summary>Reads a number.</summary>
    protected static bool TryRead(ref Utf8JsonReader reader, out byte value)
    {
        value = 0;
        return TryReadNumber(ref reader) && reader.TryGetByte(out value);
    }

    /// <inheritdoc cref="TryRead(ref Utf8JsonReader, out byte)"/>
    protected static bool TryRead(ref Utf8JsonReader reader, out short value)
    {
        value = 0;
        return TryReadNumber(ref reader) && reader.TryGetInt16(out value);
    }

    /// <inheritdoc cref="TryRead(ref Utf8JsonReader, out byte)"/>
    protected static bool TryRead(ref Utf8JsonReader reader, out int value)
    {
        value = 0;
        return TryReadNumber(ref reader) && reader.TryGetInt32(out value);
    }

    /// <inheritdoc cref="TryRead(ref Utf8JsonReader, out byte)"/>
    protected static bool TryRead(ref Utf8JsonReader reader, out uint value)
    {
        value = 0;
        return TryReadNumber(ref reader) && reader.TryGetUInt32(out value);
    }

    /// <inheritdoc cref="TryRead(ref Utf8JsonReader, out byte)"/>
    protected static bool TryRead(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        return TryReadNumber(ref reader) && reader.TryGetInt64(out value);
    }

    /// <inheritdoc cref="TryRead(ref Utf8JsonReader, out byte)"/>
    protected static bool TryRead(ref Utf8JsonReader reader, out ulong value)
    {
        value = 0;
        return TryReadNumber(ref reader) && reader.TryGetUInt64(out value);
    }

    /// <inheritdoc cref="TryRead(ref Utf8JsonReader, out byte)"/>
    protected static bool TryRead(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        return TryReadNumber(ref reader) && reader.TryGetDouble(out value);
    }

    /// <inheritdoc cref="TryRead(ref Utf8JsonReader, out byte)"/>
    protected static bool TryRead(ref Utf8JsonReader reader, out decimal value)
    {
        value = 0;
        return TryReadNumber(ref reader) && reader.TryGetDecimal(out value);
    }

    /// <summary>Reads a UUID.</summary>
    protected static bool TryRead(ref Utf8JsonReader reader, out Guid value)
    {
        value = default;
        return TryReadText(ref reader) && reader.TryGetGuid(out value);
    }

    /// <summary>Reads a time.</summary>
    protected static bool TryRead(ref Utf8JsonReader reader, out DateTime value)
    {
        value = default;
        return TryReadText(ref reader) && reader.TryGetDateTime(out value);
    }

    /// <inheritdoc cref="TryRead(ref Utf8JsonReader, out DateTime)"/>
    protected static bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset value)
    {
        value = default;
        return TryReadText(ref reader) && reader.TryGetDateTimeOffset(out value);
    }

    private static bool TryReadNumber(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.Number;

    private static bool TryReadText(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String;
}
