namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Tells keywords, types and methods among the words of a piece of code by what stands before and after them.</summary>
internal sealed class NameStyles
{
    /// <summary>How many tokens of type arguments are looked through for their end: more are not type arguments.</summary>
    private const int LongestArguments = 64;

    private static readonly HashSet<string> Keywords = new(
        """
        abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do
        double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal
        is lock long namespace new null object operator out override params private protected public readonly ref return sbyte
        sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort
        using virtual void volatile while nint nuint
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    private static readonly HashSet<string> Queries = new(
        ["from", "select", "where", "orderby", "join", "let", "into", "group", "by", "on", "equals", "ascending", "descending"],
        StringComparer.Ordinal);

    private readonly string _code;
    private readonly CodeToken[] _tokens;

    /// <summary>The place of a token among those that are not comments.</summary>
    private readonly int[] _places;
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<int> _typeArguments = [];
    private bool _isQuery;

    /// <summary>Reads the <paramref name="tokens"/> of <paramref name="code"/>.</summary>
    public NameStyles(string code, IReadOnlyList<CodeToken> tokens)
    {
        _code = code;
        _tokens = [.. tokens.Where(token => token.Kind is not CodeTokenKind.Comment)];
        _places = new int[tokens.Count];
        for (int i = 0, place = 0; i < tokens.Count; i++)
            _places[i] = tokens[i].Kind is CodeTokenKind.Comment ? place : place++;
    }

    /// <summary>
    /// The class of the word at <paramref name="index"/>: <c>k</c>, <c>t</c> or <c>m</c>; null for other names. Words are
    /// asked for in order.
    /// </summary>
    public string? Of(int index)
    {
        var at = _places[index];
        var word = Text(at);
        if (Keywords.Contains(word) || IsContextual(word, at))
            return "k";
        var after = AfterArguments(at);
        if (Text(at - 1) is "class" or "struct" or "interface" or "enum" or "record")
        {
            _declared.Add(word);
            return "t";
        }

        if (_typeArguments.Contains(at) || IsCreated(at, after))
            return "t";
        if (Text(after) is "(")
            return _declared.Contains(word) && Text(at - 1) is "public" or "internal" or "private" or "protected" ? "t" : "m";
        return after != at + 1 || IsType(at) ? "t" : null;
    }

    private string Text(int at) => at >= 0 && at < _tokens.Length ? _code[_tokens[at].Start.._tokens[at].End] : "";

    private bool IsName(int at) => at >= 0 && at < _tokens.Length && _tokens[at].Kind == CodeTokenKind.Word && !Keywords.Contains(Text(at));

    /// <summary>Words that are keywords in their place only.</summary>
    private bool IsContextual(string word, int at)
    {
        if (Text(at - 1) is ";")
            _isQuery = false;
        if (word is "from" && IsName(at + 1) && (Text(at + 2) is "in" || Text(at + 3) is "in"))
            _isQuery = true;
        if (_isQuery && Queries.Contains(word) && Text(at - 1) is not ".")
            return true;
        return word switch
        {
            "var" => IsName(at + 1) || Text(at + 1) is "(",
            "record" => IsName(at + 1) || Text(at + 1) is "class" or "struct",
            "yield" => Text(at + 1) is "return" or "break",
            "when" => Text(at - 1) is ")" or "}" || IsName(at - 1) || IsLiteral(at - 1),
            "where" => IsName(at + 1) && Text(at + 2) is ":",
            "with" => Text(at + 1) is "{",
            "not" => Text(at - 1) is "is" or "and" or "or" or "case" or "(",
            "and" or "or" => (IsLiteral(at - 1) || IsName(at - 1) || Text(at - 1) is "}" or ")" or "]" or "null")
                && Text(at + 1) is not (";" or ")" or "." or "," or "="),
            "get" or "set" or "init" => Text(at + 1) is ";" or "{" || (Text(at + 1) is "=" && Text(at + 2) is ">"),
            "partial" or "required" => _tokens.Length > at + 1 && _tokens[at + 1].Kind == CodeTokenKind.Word,
            _ => false,
        };
    }

    private bool IsLiteral(int at) => at >= 0 && _tokens[at].Kind is CodeTokenKind.Number or CodeTokenKind.String;

    /// <summary>The token after the type arguments of the name at <paramref name="at"/>; the next one where it has none.</summary>
    private int AfterArguments(int at)
    {
        if (Text(at + 1) is not "<")
            return at + 1;
        var depth = 0;
        var names = new List<int>();
        for (var i = at + 1; i < Math.Min(_tokens.Length, at + LongestArguments); i++)
        {
            var text = Text(i);
            depth += text switch { "<" => 1, ">" => -1, _ => 0 };
            if (_tokens[i].Kind == CodeTokenKind.Word)
                names.Add(i);
            else if (text is not ("<" or ">" or "," or "." or "?" or "[" or "]" or "(" or ")"))
                return at + 1;
            if (depth > 0)
                continue;

            // What follows tells arguments from two comparisons.
            if (!IsName(i + 1) && Text(i + 1) is not ("(" or ")" or "]" or "[" or "{" or "}" or ":" or ";" or "," or "." or "?" or "=" or ">" or "" or "this"))
                return at + 1;
            _typeArguments.UnionWith(names);
            return i + 1;
        }

        return at + 1;
    }

    /// <summary>Whether the name is what <c>new</c> creates: of <c>new A.B</c> the last part.</summary>
    private bool IsCreated(int at, int after)
    {
        if (Text(after) is ".")
            return false;
        var first = at;
        for (var i = 0; i < LongestArguments && Text(first - 1) is "." && IsName(first - 2); i++)
            first -= 2;
        return Text(first - 1) is "new";
    }

    private bool IsType(int at)
    {
        var next = Text(at + 1);
        if (IsName(at + 1) && !IsContextual(next, at + 1))
            return true;
        if (next is "[" && (Text(at + 2) is "]" || (Text(at + 2) is "," && Text(at + 3) is "," or "]")))
            return true;
        if (next is "?" && IsName(at + 2) && Text(at + 3) is "=" or ";" or "," or ")" or "{" or "(")
            return true;
        if (next is "{" && Text(at - 1) is "is" or "not")
            return true;
        if (next is ")" && Text(at - 1) is "(")
            return Text(at - 2) is "typeof" || IsCast(at);
        return IsBase(at);
    }

    /// <summary>Whether <c>(name)</c> is a cast: a value follows, and nothing comes before that could be called.</summary>
    private bool IsCast(int at) =>
        (IsName(at + 2) || IsLiteral(Math.Min(at + 2, _tokens.Length - 1)) || Text(at + 2) is "(" or "this")
        && !(IsName(at - 2)
            || Text(at - 2) is ")" or "]" or "if" or "while" or "for" or "foreach" or "switch" or "lock" or "using" or "catch" or "fixed");

    /// <summary>Whether the name is in the list of types that a type builds on.</summary>
    private bool IsBase(int at)
    {
        if (Text(at - 1) is not (":" or ","))
            return false;
        var colon = at - 1;
        for (var steps = 0; steps < LongestArguments && (Text(colon) is "," or "." || IsName(colon)); steps++)
            colon--;
        return Text(colon) is ":" && IsName(colon - 1) && Text(colon - 2) is "class" or "struct" or "interface" or "record" or "enum";
    }
}
