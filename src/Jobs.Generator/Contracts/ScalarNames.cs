using Jobs.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Jobs.Generator.Contracts;

/// <summary>The types that are one value in JSON, by the names that contracts give them.</summary>
internal static class ScalarNames
{
    public const string Any = "any";
    public const string Text = "string";

    private static readonly Dictionary<string, (decimal Minimum, decimal Maximum)> s_integers = new(StringComparer.Ordinal)
    {
        ["sByte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["byte"] = (byte.MinValue, byte.MaxValue),
        ["int16"] = (short.MinValue, short.MaxValue),
        ["uInt16"] = (ushort.MinValue, ushort.MaxValue),
        ["int32"] = (int.MinValue, int.MaxValue),
        ["uInt32"] = (uint.MinValue, uint.MaxValue),
        ["int64"] = (long.MinValue, long.MaxValue),
        ["uInt64"] = (ulong.MinValue, ulong.MaxValue),
    };

    /// <summary>The types whose texts mean nothing else when they are read as plain text.</summary>
    private static readonly HashSet<string> s_texts = new(StringComparer.Ordinal)
    {
        "char", "guid", "dateTime", "dateTimeOffset", "dateOnly", "timeOnly", "timeSpan", "uri", "version", "bytes",
    };

    /// <summary>Null for a type that is more than one value.</summary>
    public static string? Of(ITypeSymbol type)
    {
        if (JsonConverterParser.BuiltIn(type) is not { } converter)
        {
            return null;
        }

        const string Suffix = "Converter";
        var start = converter.LastIndexOf('.') + 1;
        var name = converter.Substring(start, converter.Length - start - Suffix.Length);
        return name switch
        {
            "ByteArray" or "MemoryByte" or "ReadOnlyMemoryByte" => "bytes",
            "Object" or "JsonElement" or "JsonDocument" or "JsonNode" => Any,
            _ => char.ToLowerInvariant(name[0]) + name.Substring(1),
        };
    }

    /// <summary>Whether every JSON value of one type can be read as the other, without loss.</summary>
    public static bool CanWiden(string from, string to)
    {
        if (from == to || to == Any || (to == Text && s_texts.Contains(from)))
        {
            return true;
        }

        if (s_integers.TryGetValue(from, out var narrow))
        {
            return to switch
            {
                "decimal" or "int128" => true,
                "double" => narrow is { Minimum: >= int.MinValue, Maximum: <= uint.MaxValue },
                _ => s_integers.TryGetValue(to, out var wide) && wide.Minimum <= narrow.Minimum && wide.Maximum >= narrow.Maximum,
            };
        }

        return (from, to) is ("single", "double");
    }
}
