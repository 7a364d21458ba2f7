using System.Globalization;

namespace Jobs.Generator.Constants;

/// <summary>The forms of text that the framework's validation attributes accept, restated: the compiler's host lacks some of these attributes.</summary>
internal static class TextFormats
{
    public static bool IsEmailAddress(string text)
    {
        if (text.IndexOfAny(['\r', '\n']) >= 0)
        {
            return false;
        }

        var at = text.IndexOf('@');
        return at > 0 && at != text.Length - 1 && at == text.LastIndexOf('@');
    }

    public static bool IsUrl(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase);

    public static bool IsPhone(string text)
    {
        var number = WithoutExtension(text.Replace("+", "").TrimEnd());
        return number.Any(char.IsDigit) && number.All(static c => char.IsDigit(c) || char.IsWhiteSpace(c) || c is '-' or '.' or '(' or ')');
    }

    public static bool IsCreditCard(string text)
    {
        var checksum = 0;
        var isEven = false;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] is not (>= '0' and <= '9'))
            {
                if (text[i] is '-' or ' ')
                {
                    continue;
                }

                return false;
            }

            var digit = (text[i] - '0') * (isEven ? 2 : 1);
            isEven = !isEven;
            checksum += (digit / 10) + (digit % 10);
        }

        return checksum % 10 == 0;
    }

    public static bool IsBase64(string text)
    {
        var characters = 0;
        var padding = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                continue;
            }

            if (c == '=')
            {
                padding++;
                continue;
            }

            if (padding > 0 || c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/'))
            {
                return false;
            }

            characters++;
        }

        return padding <= 2 && (characters + padding) % 4 == 0 && characters % 4 != 1;
    }

    /// <param name="text">A file's name.</param>
    /// <param name="extensions">The attribute's list, such as <c>png,jpg</c>.</param>
    public static bool HasExtension(string text, string extensions)
    {
        var name = text.Substring(text.LastIndexOf('/') + 1);
        var dot = name.LastIndexOf('.');
        var extension = dot < 0 || dot == name.Length - 1 ? "" : name.Substring(dot).ToLowerInvariant();
        return ParseExtensions(extensions).Contains(extension);
    }

    /// <summary>The list as messages show it.</summary>
    public static string FormatExtensions(string extensions) => string.Join(", ", ParseExtensions(extensions));

    private static IEnumerable<string> ParseExtensions(string extensions) =>
        extensions.Replace(" ", "").Replace(".", "").ToLower(CultureInfo.InvariantCulture).Split(',').Select(static extension => "." + extension);

    private static string WithoutExtension(string number)
    {
        foreach (var mark in new[] { "ext.", "ext", "x" })
        {
            var index = number.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (index >= 0 && number.Substring(index + mark.Length).TrimStart() is { Length: > 0 } extension && extension.All(char.IsDigit))
            {
                return number.Substring(0, index);
            }
        }

        return number;
    }
}
