// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>Reads the words of a phrase; commas count as "and".</summary>
internal sealed class CronWords
{
    private readonly List<(int Position, string Word)> _words = [];
    private readonly int _length;
    private int _next;

    public CronWords(string text, int start)
    {
        _length = text.Length;
        var position = start;
        while (position < text.Length)
        {
            var from = position;
            if (text[position] == ',')
            {
                _words.Add((position, "and"));
                position++;
                continue;
            }

            while (position < text.Length && text[position] != ',' && !CronParser.IsBlank(text[position]))
            {
                position++;
            }

            if (position > from)
            {
                var word = text.Substring(from, position - from).ToLowerInvariant();

                // "monday, and friday" has one "and".
                if (word != "and" || _words.Count == 0 || _words[_words.Count - 1].Word != "and")
                {
                    _words.Add((from, word));
                }
            }
            else
            {
                position++;
            }
        }
    }

    public bool IsAtEnd => _next >= _words.Count;

    /// <summary>Where the next word starts.</summary>
    public int Position => IsAtEnd ? _length : _words[_next].Position;

    /// <summary>Where the last taken word starts.</summary>
    public int Previous => _next == 0 ? Position : _words[_next - 1].Position;

    private string Word => IsAtEnd ? string.Empty : _words[_next].Word;

    public CronProblem Expect(string what) => new(Position, $"{what} is expected instead of {(IsAtEnd ? "the end" : "'" + Word + "'")}");

    public bool TryTake(string word)
    {
        if (IsAtEnd || Word != word)
        {
            return false;
        }

        _next++;
        return true;
    }

    /// <summary>Whether the last taken word was this one.</summary>
    public bool WasLast(string word) => _next > 0 && _words[_next - 1].Word == word;

    /// <summary>Takes a noun in singular or plural.</summary>
    public bool TryTakeNoun(string noun) => TryTake(noun) || TryTake(noun + "s");

    /// <summary>Takes one of the names, in singular or plural, or its first three letters.</summary>
    public bool TryTakeAny(string[] names, out int index)
    {
        for (index = 0; index < names.Length; index++)
        {
            if (TryTakeNoun(names[index]) || TryTake(names[index].Substring(0, 3)))
            {
                return true;
            }
        }

        return false;
    }

    public bool TryTakeNumber(out int number)
    {
        if (!TryReadNumber(Word, out number, out var length) || length != Word.Length)
        {
            return false;
        }

        _next++;
        return true;
    }

    /// <summary>1st to 31st, and "first".</summary>
    public bool TryTakeOrdinal(out string day)
    {
        day = string.Empty;
        var number = 1;
        if (Word != "first")
        {
            if (!TryReadNumber(Word, out number, out var length) || number is < 1 or > 31 || Word.Substring(length) is not ("st" or "nd" or "rd" or "th"))
            {
                return false;
            }
        }

        day = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _next++;
        return true;
    }

    /// <summary>9am, 9 am, 9:30pm, 18:30, 9, noon, midnight.</summary>
    public bool TryTakeTime(out int hour, out int minute)
    {
        minute = 0;
        hour = Word == "noon" ? 12 : 0;
        if (Word is "noon" or "midnight")
        {
            _next++;
            return true;
        }

        var word = Word;
        if (!TryReadNumber(word, out hour, out var position))
        {
            return false;
        }

        if (position < word.Length && word[position] == ':')
        {
            var rest = word.Substring(position + 1);
            if (!TryReadNumber(rest, out minute, out var digits) || digits != 2 || minute > 59)
            {
                return false;
            }

            position += 1 + digits;
        }

        var half = word.Substring(position);
        var words = 1;
        if (half.Length == 0 && _next + 1 < _words.Count && _words[_next + 1].Word is "am" or "pm")
        {
            half = _words[_next + 1].Word;
            words = 2;
        }

        if (half is "am" or "pm")
        {
            if (hour is < 1 or > 12)
            {
                return false;
            }

            hour = (hour % 12) + (half == "pm" ? 12 : 0);
        }
        else if (half.Length > 0 || hour > 23)
        {
            return false;
        }

        _next += words;
        return true;
    }

    private static bool TryReadNumber(string word, out int number, out int length)
    {
        number = 0;
        for (length = 0; length < word.Length && word[length] is >= '0' and <= '9'; length++)
        {
            number = Math.Min((number * 10) + (word[length] - '0'), 1_000_000);
        }

        return length > 0;
    }
}
