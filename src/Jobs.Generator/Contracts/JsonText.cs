using System.Globalization;
using System.Text;

namespace Jobs.Generator.Contracts;

/// <summary>Reads JSON. The compiler's host does not promise a library for it.</summary>
/// <remarks>Objects are lists of members in their order, arrays lists of values; texts, decimals, booleans and null are themselves.</remarks>
internal sealed class JsonText
{
    private const int MaxDepth = 64;

    private readonly string _text;
    private int _position;
    private int _depth;

    private JsonText(string text) => _text = text;

    /// <summary>Reads one value.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="JsonTextException">It is not JSON.</exception>
    public static object? Parse(string text)
    {
        var reader = new JsonText(text);
        var value = reader.ReadValue();
        reader.SkipSpace();
        return reader._position == text.Length ? value : throw reader.Error("nothing more");
    }

    /// <summary>A text in quotation marks.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' => quoted.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private object? ReadValue()
    {
        SkipSpace();
        switch (Peek())
        {
            case '{':
                return Nested(ReadObject);
            case '[':
                return Nested(ReadArray);
            case '"':
                return ReadText();
            case 't':
                return ReadWord("true", true);
            case 'f':
                return ReadWord("false", false);
            case 'n':
                return ReadWord("null", null);
            default:
                return ReadNumber();
        }
    }

    private object Nested(Func<object> read)
    {
        if (++_depth > MaxDepth)
        {
            throw Error("less nesting");
        }

        _position++;
        var value = read();
        _depth--;
        return value;
    }

    private List<KeyValuePair<string, object?>> ReadObject()
    {
        var members = new List<KeyValuePair<string, object?>>();
        SkipSpace();
        while (!Skip('}'))
        {
            if (members.Count > 0)
            {
                Expect(',');
                SkipSpace();
            }

            var name = ReadText();
            SkipSpace();
            Expect(':');
            members.Add(new(name, ReadValue()));
            SkipSpace();
        }

        return members;
    }

    private List<object?> ReadArray()
    {
        var items = new List<object?>();
        SkipSpace();
        while (!Skip(']'))
        {
            if (items.Count > 0)
            {
                Expect(',');
            }

            items.Add(ReadValue());
            SkipSpace();
        }

        return items;
    }

    private string ReadText()
    {
        Expect('"');
        var text = new StringBuilder();
        while (!Skip('"'))
        {
            var character = Next();
            text.Append(character switch
            {
                '\\' => ReadEscape(),
                < ' ' => throw Error("a closing quotation mark"),
                _ => character,
            });
        }

        return text.ToString();
    }

    private char ReadEscape() => Next() switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        'u' when _position + 4 <= _text.Length && ushort.TryParse(_text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => Advance(4, (char)code),
        var character and ('"' or '\\' or '/') => character,
        _ => throw Error("an escape sequence"),
    };

    private decimal ReadNumber()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E')
        {
            _position++;
        }

        return decimal.TryParse(_text.Substring(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Error("a value");
    }

    private object? ReadWord(string word, object? value) =>
        string.CompareOrdinal(_text, _position, word, 0, word.Length) == 0 ? Advance(word.Length, value) : throw Error("a value");

    private T Advance<T>(int count, T value)
    {
        _position += count;
        return value;
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n' or '\ufeff')
        {
            _position++;
        }
    }

    private char Peek() => _position < _text.Length ? _text[_position] : throw Error("a value");

    private char Next() => _position < _text.Length ? _text[_position++] : throw Error("a closing quotation mark");

    private bool Skip(char expected)
    {
        if (_position < _text.Length && _text[_position] == expected)
        {
            _position++;
            return true;
        }

        return false;
    }

    private void Expect(char expected)
    {
        if (!Skip(expected))
        {
            throw Error($"'{expected}'");
        }
    }

    private JsonTextException Error(string expected)
    {
        var line = _text.Take(_position).Count(static character => character == '\n') + 1;
        return new($"line {line.ToString(CultureInfo.InvariantCulture)}: expected {expected}");
    }
}
