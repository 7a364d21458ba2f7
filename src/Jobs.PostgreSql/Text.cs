using System.Globalization;
using System.Text;

namespace Jobs.PostgreSql;

/// <summary>Texts as PostgreSQL takes them.</summary>
internal static class Text
{
    /// <summary>The text without what PostgreSQL's text type cannot hold (NUL, lone surrogates), for texts that come from exceptions and handlers.</summary>
    public static string? Clean(string? text)
    {
        if (text is null || IsClean(text))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());

        return clean.ToString();
    }

    /// <summary>An array as text, which a parameter of text[] elements needs where the arrays are of unequal length.</summary>
    public static string ArrayLiteral(IReadOnlyList<string> items)
    {
        var literal = new StringBuilder("{");
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                literal.Append(',');

            literal.Append('"').Append(items[i].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return literal.Append('}').ToString();
    }

    /// <summary>A place in a list, as a cursor.</summary>
    public static string FormatCursor(JobPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.Pack}.{place.Slot}");

    public static JobPlace? ParseCursor(string cursor)
    {
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && long.TryParse(cursor.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var pack)
            && int.TryParse(cursor.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
            ? new JobPlace(pack, slot)
            : null;
    }

    private static bool IsClean(string text)
    {
        foreach (var c in text)
        {
            if (c == '\0' || char.IsSurrogate(c))
                return false;
        }

        return true;
    }
}
