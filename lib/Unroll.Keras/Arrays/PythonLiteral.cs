using System.Globalization;

namespace Unroll.Keras.Arrays;

/// <summary>
/// A value as Python writes it, of the few kinds that the header of an .npy file is made of: dictionaries, tuples and lists,
/// text, whole numbers, True, False and None. Nothing is evaluated.
/// </summary>
internal ref struct PythonLiteral
{
    private const int MostDepth = 8;
    private readonly ReadOnlySpan<char> _text;
    private int _next;
    private int _depth;

    private PythonLiteral(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Dictionary&lt;string, object?&gt;, List&lt;object?&gt;, string, long, bool or null.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static object? Parse(ReadOnlySpan<char> text)
    {
        var parser = new PythonLiteral(text);
        var value = parser.Value();
        return parser.Peek() == '\0' ? value : throw parser.Unexpected();
    }

    private object? Value() => Peek() switch
    {
        '{' => Pairs(),
        '(' => Items(')'),
        '[' => Items(']'),
        '\'' or '"' => Text(),
        '-' or (>= '0' and <= '9') => Number(),
        _ => Word(),
    };

    private Dictionary<string, object?> Pairs()
    {
        var pairs = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (Open(); !Closes('}');)
        {
            var key = Text();
            Take(':');
            if (!pairs.TryAdd(key, Value()))
                throw new FormatException($"'{key}' is there twice.");
            if (Peek() != '}')
                Take(',');
        }

        return pairs;
    }

    private List<object?> Items(char end)
    {
        var items = new List<object?>();
        for (Open(); !Closes(end);)
        {
            items.Add(Value());
            if (Peek() != end)
                Take(',');
        }

        return items;
    }

    private void Open()
    {
        _next++;
        if (++_depth > MostDepth)
            throw new FormatException($"Values lie within each other more than {MostDepth} deep.");
    }

    private bool Closes(char end)
    {
        if (Peek() != end)
            return false;
        _next++;
        _depth--;
        return true;
    }

    private string Text()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
            throw Unexpected();
        var length = _text[++_next..].IndexOf(quote);
        var text = length < 0 ? throw new FormatException("A quotation mark is missing.") : _text.Slice(_next, length);
        if (text.Contains('\\'))
            throw new FormatException("Escapes in text are not read.");
        _next += length + 1;
        return text.ToString();
    }

    private long Number()
    {
        var start = _next++;
        while (_next < _text.Length && char.IsAsciiDigit(_text[_next]))
            _next++;
        var digits = _text[start.._next];

        // Python 2 wrote long numbers with an L.
        if (_next < _text.Length && _text[_next] == 'L')
            _next++;
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{digits} is not a whole number of 64 bits.");
    }

    private object? Word()
    {
        foreach (var (word, value) in new (string, object?)[] { ("True", true), ("False", false), ("None", null) })
        {
            if (!_text[_next..].StartsWith(word, StringComparison.Ordinal))
                continue;
            _next += word.Length;
            return value;
        }

        throw Unexpected();
    }

    private void Take(char wanted)
    {
        if (Peek() != wanted)
            throw Unexpected();
        _next++;
    }

    /// <summary>The next character that is not white space, where the parser stands then; '\0' at the end.</summary>
    private char Peek()
    {
        while (_next < _text.Length && _text[_next] is ' ' or '\n' or '\t')
            _next++;
        return _next < _text.Length ? _text[_next] : '\0';
    }

    private readonly FormatException Unexpected() => new(
        _next < _text.Length ? $"'{_text[_next]}' at character {_next} was not expected." : "It ends too early.");
}
