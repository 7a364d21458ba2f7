using System.Globalization;
using System.Text;

namespace Jobs.Generator.Parsing;

/// <summary>Puts any text into a documentation comment.</summary>
internal static class XmlText
{
    /// <summary>Escapes markup. What would end the comment's line, or cannot stand in XML at all, becomes a space.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                _ => result.Append(CanStand(character) ? character : ' '),
            };
        }

        return result.ToString();
    }

    private static bool CanStand(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}
