using System.Globalization;
using System.Text;

namespace Jobs.Generator.Parsing;

/// <summary><c>JsonNamingPolicy.KebabCaseLower</c>, character for character; the compiler's host has no System.Text.Json to ask.</summary>
internal static class KebabCase
{
    private enum State
    {
        NotStarted,
        Uppercase,
        LowercaseOrDigit,
        Space,
    }

    public static string Convert(string name)
    {
        var result = new StringBuilder(name.Length + 8);
        var state = State.NotStarted;
        for (var i = 0; i < name.Length; i++)
        {
            var current = name[i];
            switch (char.GetUnicodeCategory(current))
            {
                case UnicodeCategory.UppercaseLetter:
                    // Of several capitals the last one starts a word if a small letter follows: XMLReader is xml-reader.
                    var startsWord = state is State.LowercaseOrDigit or State.Space
                        || (state is State.Uppercase && i + 1 < name.Length && char.IsLower(name[i + 1]));
                    Append(result, char.ToLowerInvariant(current), startsWord);
                    state = State.Uppercase;
                    break;

                case UnicodeCategory.LowercaseLetter:
                case UnicodeCategory.DecimalDigitNumber:
                    Append(result, current, startsWord: state is State.Space);
                    state = State.LowercaseOrDigit;
                    break;

                case UnicodeCategory.SpaceSeparator:
                    state = state is State.NotStarted ? State.NotStarted : State.Space;
                    break;

                default:
                    result.Append(current);
                    state = State.NotStarted;
                    break;
            }
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, char character, bool startsWord)
    {
        if (startsWord)
        {
            result.Append('-');
        }

        result.Append(character);
    }
}
