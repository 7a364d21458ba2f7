using System.Text.RegularExpressions;

namespace WorkBench.Indexing;

/// <summary>The words of a text, in lower case and in their order.</summary>
internal static partial class Words
{
    public static IReadOnlyList<string> Of(string text) => [.. Word().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
