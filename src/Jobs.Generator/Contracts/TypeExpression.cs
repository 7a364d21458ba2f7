namespace Jobs.Generator.Contracts;

/// <summary>A type as contracts write it, taken apart: a word, or a collection of something, with or without null.</summary>
internal sealed record TypeExpression(string Name, bool IsNullable, IReadOnlyList<TypeExpression> Arguments)
{
    public const string Array = "array";
    public const string Set = "set";
    public const string Stack = "stack";
    public const string Map = "map";

    public bool IsSequence => Arguments.Count == 1;

    public bool IsMap => Arguments.Count == 2;

    public static TypeExpression Parse(string text)
    {
        var isNullable = text.EndsWith("?", StringComparison.Ordinal);
        var plain = isNullable ? text.Substring(0, text.Length - 1) : text;
        foreach (var head in new[] { Array, Set, Stack, Map })
        {
            if (plain.StartsWith(head + "<", StringComparison.Ordinal) && plain.EndsWith(">", StringComparison.Ordinal))
            {
                var arguments = Split(plain.Substring(head.Length + 1, plain.Length - head.Length - 2)).ToList();
                if (arguments.Count == (head == Map ? 2 : 1))
                {
                    return new(head, isNullable, arguments);
                }
            }
        }

        return new(plain, isNullable, []);
    }

    public override string ToString() =>
        (Arguments.Count == 0 ? Name : $"{Name}<{string.Join(",", Arguments)}>") + (IsNullable ? "?" : "");

    /// <summary>A map's key is a word without commas; the rest is its value.</summary>
    private static IEnumerable<TypeExpression> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '<' or '(' or '[' => 1, '>' or ')' or ']' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                yield return Parse(text.Substring(start, i - start));
                start = i + 1;
            }
        }

        yield return Parse(text.Substring(start));
    }
}
