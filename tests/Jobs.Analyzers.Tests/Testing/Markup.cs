using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Analyzers.Tests.Testing;

/// <summary>Source in which <c>{|JOB0001:text|}</c> says that a diagnostic is expected at the text; marks can be nested.</summary>
internal sealed partial class Markup
{
    private Markup(string source, IReadOnlyList<(string Id, TextSpan Span)> expected)
    {
        Source = source;
        Expected = expected;
    }

    public string Source { get; }

    public IReadOnlyList<(string Id, TextSpan Span)> Expected { get; }

    public static Markup Parse(string text)
    {
        var source = new System.Text.StringBuilder(text.Length);
        var expected = new List<(string, TextSpan)>();
        var open = new Stack<(string Id, int Start)>();
        var position = 0;
        foreach (Match mark in Mark().Matches(text))
        {
            source.Append(text, position, mark.Index - position);
            position = mark.Index + mark.Length;
            if (mark.Groups["id"] is { Success: true } id)
            {
                open.Push((id.Value, source.Length));
            }
            else
            {
                var (expectedId, start) = open.Pop();
                expected.Add((expectedId, TextSpan.FromBounds(start, source.Length)));
            }
        }

        source.Append(text, position, text.Length - position);
        return new Markup(source.ToString(), expected);
    }

    [GeneratedRegex(@"\{\|(?<id>[A-Z]+\d+):|\|\}")]
    private static partial Regex Mark();
}
