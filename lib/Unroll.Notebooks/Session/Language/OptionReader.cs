namespace Unroll.Notebooks.Session.Language;

/// <summary>
/// Reads the words after the name of a command. A word ends at a blank; quotes hold blanks and are taken off, a JSON object
/// or list ends with its bracket, and a word that begins with <c>@</c> says where its value is to be had.
/// </summary>
internal sealed class OptionReader(string text)
{
    private const string Dashes = "--";
    private int _at;

    /// <summary>Whether a further word follows.</summary>
    public bool HasMore
    {
        get
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
            return _at < text.Length;
        }
    }

    /// <summary>The name of an option, if one is next: up to a blank or an equals sign, which may stand before its value.</summary>
    public string? ReadName()
    {
        if (!HasMore || !text.AsSpan(_at).StartsWith(Dashes, StringComparison.Ordinal))
            return null;
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] != '=')
            _at++;
        var name = text[start.._at];
        if (_at < text.Length && text[_at] == '=')
            _at++;
        return name;
    }

    /// <summary>The value that is next, or null where an option or nothing is.</summary>
    public OptionText? ReadValue()
    {
        if (!HasMore || text.AsSpan(_at).StartsWith(Dashes, StringComparison.Ordinal))
            return null;
        var isQuoted = text[_at] == '"';
        var word = ReadWord();
        if (!isQuoted && word.StartsWith('@'))
            return Expression(word);

        // An older form, in which the quotes are around the whole: "@input:Your name?".
        return word.StartsWith("@input:", StringComparison.Ordinal) || word.StartsWith("@password:", StringComparison.Ordinal)
            ? Expression(word)
            : new OptionText(word, Source: null);
    }

    private string ReadWord() => text[_at] switch
    {
        '"' => ReadQuoted(),
        '{' or '[' => ReadJson(),
        '@' => ReadExpression(),
        _ => ReadPlain(),
    };

    private string ReadPlain()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]))
            _at++;
        return text[start.._at];
    }

    /// <summary>Up to the next quote; one after a backslash belongs to the text. Paths keep their backslashes.</summary>
    private string ReadQuoted()
    {
        var start = ++_at;
        while (_at < text.Length && (text[_at] != '"' || text[_at - 1] == '\\'))
            _at++;
        var quoted = text[start.._at];
        _at = Math.Min(_at + 1, text.Length);
        return quoted.Replace("\\\"", "\"", StringComparison.Ordinal);
    }

    private string ReadJson()
    {
        var (start, depth, inString) = (_at, 0, false);
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == '"' && text[_at - 1] != '\\')
                inString = !inString;
            if (inString)
                continue;
            if (text[_at] is '{' or '[')
                depth++;
            else if (text[_at] is '}' or ']' && --depth == 0)
                return text[start..++_at];
        }

        return text[start..];
    }

    /// <summary><c>@name:</c>, and what follows the colon.</summary>
    private string ReadExpression()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] != ':')
            _at++;
        if (_at == text.Length || text[_at] != ':')
            return text[start.._at];
        var name = text[start..++_at];
        return _at < text.Length && !char.IsWhiteSpace(text[_at]) ? name + ReadWord() : name;
    }

    private static OptionText Expression(string word)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new OptionText("", word[1..]) : new OptionText(word[(colon + 1)..], word[1..colon]);
    }
}
