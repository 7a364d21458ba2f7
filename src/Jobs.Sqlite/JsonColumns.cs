using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jobs.Sqlite;

/// <summary>Columns that hold lists and maps as JSON, which SQLite's own functions can search.</summary>
internal static class JsonColumns
{
    public static string? Format(IReadOnlyList<string> list) =>
        list.Count == 0 ? null : JsonSerializer.Serialize(list, ColumnJson.Default.IReadOnlyListString);

    public static string? Format(IReadOnlyDictionary<string, string> map) =>
        map.Count == 0 ? null : JsonSerializer.Serialize(map, ColumnJson.Default.IReadOnlyDictionaryStringString);

    /// <summary>A list that is always written, also when it is empty.</summary>
    public static string FormatAlways(IReadOnlyList<string> list) => Format(list) ?? "[]";

    /// <exception cref="JsonException">Somebody edited the row.</exception>
    public static IReadOnlyList<string> List(string? text) =>
        text is null ? [] : JsonSerializer.Deserialize(text, ColumnJson.Default.IReadOnlyListString) ?? [];

    /// <exception cref="JsonException">Somebody edited the row.</exception>
    public static IReadOnlyDictionary<string, string> Map(string? text) =>
        text is null ? FrozenDictionary<string, string>.Empty : JsonSerializer.Deserialize(text, ColumnJson.Default.IReadOnlyDictionaryStringString) ?? FrozenDictionary<string, string>.Empty;

    /// <summary>For people who look: what cannot be read, because somebody edited the row, is left out.</summary>
    public static IReadOnlyList<string> ListOrEmpty(string? text)
    {
        try
        {
            return List(text);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <inheritdoc cref="ListOrEmpty"/>
    public static IReadOnlyDictionary<string, string> MapOrEmpty(string? text)
    {
        try
        {
            return Map(text);
        }
        catch (JsonException)
        {
            return FrozenDictionary<string, string>.Empty;
        }
    }

    /// <summary>A payload or result as an element. What is not JSON, because somebody edited the row, is shown as a text rather than hidden.</summary>
    public static JsonElement? Element(byte[]? utf8)
    {
        if (utf8 is null or [])
            return null;

        try
        {
            return Parse(utf8);
        }
        catch (JsonException)
        {
            return Parse(JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(utf8), ColumnJson.Default.String));
        }
    }

    private static JsonElement Parse(byte[] utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return document.RootElement.Clone();
    }
}

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class ColumnJson : JsonSerializerContext;
