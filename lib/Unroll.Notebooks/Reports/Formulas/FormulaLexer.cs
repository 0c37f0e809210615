using System.Runtime.InteropServices;

namespace Unroll.Notebooks.Reports.Formulas;

/// <summary>A piece of a formula: a command with its backslash, a number, or one character; where it begins and ends.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FormulaToken(string Text, int Start, int End)
{
    /// <summary>What comes after the last piece.</summary>
    public bool IsEnd => Text.Length == 0;

    public bool IsCommand => Text.Length > 1 && Text[0] == '\\';
}

/// <summary>Splits LaTeX as it is written in formulas: white space and comments have no meaning but to part commands.</summary>
internal sealed class FormulaLexer
{
    private readonly string _latex;
    private FormulaToken _next;

    public FormulaLexer(string latex)
    {
        _latex = latex;
        _next = Read(0);
    }

    /// <summary>The next piece, which stays.</summary>
    public FormulaToken Next => _next;

    /// <summary>Takes the next piece.</summary>
    public FormulaToken Take()
    {
        var taken = _next;
        _next = Read(taken.End);
        return taken;
    }

    /// <summary>Takes the next piece, of a number only its first digit: <c>x^12</c> is x¹2.</summary>
    public FormulaToken TakeOne()
    {
        var taken = _next;
        if (char.IsAsciiDigit(taken.Text[0]))
            taken = new FormulaToken(taken.Text[..1], taken.Start, taken.Start + 1);
        _next = Read(taken.End);
        return taken;
    }

    /// <summary>Takes the next piece where it is <paramref name="text"/>.</summary>
    public bool Takes(string text)
    {
        if (_next.Text != text)
            return false;
        Take();
        return true;
    }

    /// <summary>Takes the next piece, which must be <paramref name="text"/>.</summary>
    public void Expect(string text)
    {
        if (!Takes(text))
            throw new FormulaException($"{text} is missing");
    }

    /// <summary>Takes a group in braces as it is written, with its spaces; braces in it must be closed.</summary>
    public string TakeWords()
    {
        if (_next.Text != "{")
            throw new FormulaException("{ is missing");
        var depth = 0;
        for (var at = _next.Start; at < _latex.Length; at++)
        {
            depth += _latex[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth > 0)
                continue;
            var words = _latex[(_next.Start + 1)..at];
            _next = Read(at + 1);
            return words;
        }

        throw new FormulaException("} is missing");
    }

    private FormulaToken Read(int at)
    {
        while (at < _latex.Length && (char.IsWhiteSpace(_latex[at]) || _latex[at] == '%'))
            at = _latex[at] == '%' ? LineEnd(at) : at + 1;
        if (at == _latex.Length)
            return new FormulaToken("", at, at);
        var end = at + 1;
        if (_latex[at] == '\\' && end < _latex.Length)
            end = CommandEnd(end);
        else if (char.IsAsciiDigit(_latex[at]))
            end = NumberEnd(end);
        else if (char.IsHighSurrogate(_latex[at]) && end < _latex.Length && char.IsLowSurrogate(_latex[end]))
            end++;
        return new FormulaToken(_latex[at..end], at, end);
    }

    private int LineEnd(int at)
    {
        var end = _latex.AsSpan(at).IndexOf('\n');
        return end < 0 ? _latex.Length : at + end;
    }

    /// <summary>Letters, or one character of another kind.</summary>
    private int CommandEnd(int at)
    {
        var end = at;
        while (end < _latex.Length && char.IsAsciiLetter(_latex[end]))
            end++;
        return end == at ? at + 1 : end;
    }

    /// <summary>Digits, with a point only where digits follow: <c>3.5</c>, and the end of a sentence after <c>3.</c></summary>
    private int NumberEnd(int at)
    {
        while (at < _latex.Length && (char.IsAsciiDigit(_latex[at]) || (_latex[at] == '.' && at + 1 < _latex.Length && char.IsAsciiDigit(_latex[at + 1]))))
            at++;
        return at;
    }
}
