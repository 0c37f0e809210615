namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// Splits C# into tokens, in one pass over its characters and without recursion: a page may hold any text as code, and
/// the compiler's parser takes minutes for some hundred characters, or overflows the stack of the process.
/// </summary>
internal sealed class CodeLexer
{
    private const int LongestCharacter = 12;

    private readonly string _code;
    private readonly List<CodeToken> _tokens = [];
    private readonly Stack<OpenString> _open = new();
    private int _at;

    private CodeLexer(string code) => _code = code;

    /// <summary>The tokens of <paramref name="code"/>, in order; what is between them is white space.</summary>
    public static IReadOnlyList<CodeToken> Split(string code)
    {
        var lexer = new CodeLexer(code);
        while (lexer._at < code.Length)
            lexer.Next();
        return lexer._tokens;
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => _at + ahead >= 0 && _at + ahead < _code.Length ? _code[_at + ahead] : '\0';

    private void Next()
    {
        var c = Current;
        if (char.IsWhiteSpace(c))
            _at++;
        else if (c == '#' && _open.Count == 0 && IsLineStart())
            Add(CodeTokenKind.Directive, LineEnd());
        else if (c == '/' && Peek(1) == '/')
            Add(CodeTokenKind.Comment, LineEnd());
        else if (c == '/' && Peek(1) == '*')
            Add(CodeTokenKind.Comment, After("*/", _at + 2));
        else if (c is '"' or '$' or '@' && StringStart.Read(_code, _at) is { } start)
            BeginString(start);
        else if (c == '\'' && CharacterEnd() is { } end)
            Add(CodeTokenKind.String, end);
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)) && Peek(-1) != '.'))
            Add(CodeTokenKind.Number, NumberEnd());
        else if (IsWordPart(c) || (c == '@' && IsWordPart(Peek(1))))
            Add(CodeTokenKind.Word, WordEnd());
        else
            Sign(c);
    }

    private void Add(CodeTokenKind kind, int end)
    {
        if (end > _at)
            _tokens.Add(new CodeToken(kind, _at, end));
        _at = end;
    }

    /// <summary>A bracket counts in the hole it stands in; the one that closes the hole goes on with the string.</summary>
    private void Sign(char c)
    {
        if (!_open.TryPeek(out var hole))
        {
            Add(CodeTokenKind.Sign, _at + 1);
            return;
        }

        if (hole.Depth == 0 && c == '}')
        {
            for (var i = 0; i < hole.Start.Braces && Current == '}'; i++)
                Add(CodeTokenKind.Sign, _at + 1);
            Text(hole.Start);
            return;
        }

        hole.Depth += c switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => hole.Depth > 0 ? -1 : 0, _ => 0 };
        Add(CodeTokenKind.Sign, _at + 1);
        if (c == ':' && hole.Depth == 0)
            Add(CodeTokenKind.String, FormatEnd());
    }

    private void BeginString(StringStart start)
    {
        if (!start.IsInterpolated)
        {
            var (end, _) = start.TextEnd(_code, Math.Min(_at + start.Length, _code.Length));
            Add(CodeTokenKind.String, end + start.EndLength(_code, end));
            return;
        }

        Add(CodeTokenKind.String, _at + start.Length);
        _open.Push(new OpenString(start));
        Text(start);
    }

    /// <summary>The text of an interpolated string, to its next hole or to its end.</summary>
    private void Text(StringStart start)
    {
        var (end, isHole) = start.TextEnd(_code, _at);
        Add(CodeTokenKind.String, end);
        if (isHole)
        {
            for (var i = 0; i < start.Braces; i++)
                Add(CodeTokenKind.Sign, _at + 1);
            return;
        }

        _open.Pop();
        Add(CodeTokenKind.String, _at + start.EndLength(_code, _at));
    }

    private bool IsLineStart()
    {
        var before = _at - 1;
        while (before >= 0 && _code[before] is ' ' or '\t')
            before--;
        return before < 0 || _code[before] is '\n' or '\r';
    }

    private int LineEnd()
    {
        var end = _code.AsSpan(_at).IndexOfAny('\n', '\r');
        return end < 0 ? _code.Length : _at + end;
    }

    private int After(string text, int from)
    {
        var found = from < _code.Length ? _code.IndexOf(text, from, StringComparison.Ordinal) : -1;
        return found < 0 ? _code.Length : found + text.Length;
    }

    private int? CharacterEnd()
    {
        for (var end = _at + 1; end < _code.Length && end < _at + LongestCharacter && _code[end] is not ('\n' or '\r'); end++)
        {
            if (_code[end] == '\\')
                end++;
            else if (_code[end] == '\'')
                return end + 1;
        }

        return null;
    }

    private int NumberEnd()
    {
        var end = _at;
        while (end < _code.Length && (char.IsAsciiLetterOrDigit(_code[end]) || _code[end] == '_' || IsPoint(end) || IsExponentSign(end)))
            end++;
        return end;
    }

    private bool IsPoint(int place) => _code[place] == '.' && place + 1 < _code.Length && char.IsAsciiDigit(_code[place + 1]);

    private bool IsExponentSign(int place) =>
        _code[place] is '+' or '-' && place > _at && _code[place - 1] is 'e' or 'E' && _code[_at..Math.Min(_at + 2, place)] is not ("0x" or "0X");

    private int WordEnd()
    {
        var end = _at + 1;
        while (end < _code.Length && IsWordPart(_code[end]))
            end++;
        return end;
    }

    /// <summary>Where the format of a hole, such as <c>:0.00</c>, ends.</summary>
    private int FormatEnd()
    {
        var end = _code.AsSpan(_at).IndexOfAny("}\"\n");
        return end < 0 ? _code.Length : _at + end;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>An interpolated string of which a hole is being read.</summary>
    private sealed class OpenString(StringStart start)
    {
        public StringStart Start { get; } = start;

        /// <summary>How many brackets are open in the hole.</summary>
        public int Depth { get; set; }
    }
}
