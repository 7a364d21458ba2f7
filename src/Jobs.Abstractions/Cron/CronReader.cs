// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>Reads the characters of one field.</summary>
internal struct CronReader
{
    private readonly string _text;
    private readonly int _end;

    public CronReader(string text, int start, int end)
    {
        _text = text;
        _end = end;
        Position = start;
    }

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position >= _end;

    /// <summary>The next character, letters in upper case; NUL at the end.</summary>
    public readonly char Next => IsAtEnd ? '\0' : char.ToUpperInvariant(_text[Position]);

    public bool TryTake(char c)
    {
        if (Next != c)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Reads digits; a number too long for the field becomes 1,000,000, which no field allows.</summary>
    public bool TryTakeNumber(out int number)
    {
        number = 0;
        var start = Position;
        for (; !IsAtEnd && _text[Position] is >= '0' and <= '9'; Position++)
        {
            number = Math.Min((number * 10) + (_text[Position] - '0'), 1_000_000);
        }

        return Position > start;
    }

    /// <summary>Reads one of the names of three letters.</summary>
    public bool TryTakeName(string[] names, out int index)
    {
        index = -1;
        if (_end - Position < 3 || (Position + 3 < _end && IsLetter(_text[Position + 3]) && char.ToUpperInvariant(_text[Position + 3]) != 'L'))
        {
            return false;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (string.Compare(names[i], 0, _text, Position, 3, StringComparison.OrdinalIgnoreCase) == 0)
            {
                index = i;
                Position += 3;
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands here, for messages: a word, or one character.</summary>
    public readonly string Describe()
    {
        if (IsAtEnd)
        {
            return "the end of the field";
        }

        var length = 0;
        while (Position + length < _end && IsLetter(_text[Position + length]))
        {
            length++;
        }

        var word = _text.Substring(Position, Math.Max(length, 1));
        return $"'{word}'";
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
