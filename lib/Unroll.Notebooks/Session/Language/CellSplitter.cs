using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Session.Language;

/// <summary>
/// Divides a cell at its lines <c>#!…</c>: a language's name switches to that language until the next one, and every
/// other name is a command.
/// </summary>
internal sealed class CellSplitter
{
    private readonly string _text;
    private readonly List<CellStep> _steps = [];
    private string _language;
    private string _options = "";

    private CellSplitter(string text, string language)
    {
        _text = text;
        _language = language;
    }

    /// <summary>The steps of a cell that begins in <paramref name="language"/>.</summary>
    public static IReadOnlyList<CellStep> Split(string text, string language)
    {
        var splitter = new CellSplitter(text, language);
        splitter.Run();
        return splitter._steps;
    }

    private void Run()
    {
        for (var start = 0; start < _text.Length;)
        {
            var mark = _text.IndexOf(HostLines.Prefix, start, StringComparison.Ordinal) < 0 ? null : NextMark(start);
            AddText(start, mark?.Start ?? _text.Length);
            if (mark is null)
                return;
            if (CellLanguage.Selected(mark.Name) is { } language)
                Select(language, mark);
            else
                _steps.Add(new CommandStep(LineOf(mark.Start), mark.Name, mark.Arguments, _language));
            start = mark.End;
        }
    }

    /// <summary>A value may be named and fetched by the line alone; of the others only a diagram has options.</summary>
    private void Select(string language, Mark mark)
    {
        var line = LineOf(mark.Start);
        (_language, _options) = (language, mark.Arguments);
        if (language == CellLanguage.Value)
            _steps.Add(new ValueStep(line, mark.Arguments, Text: null));
        else if (language != CellLanguage.Mermaid && mark.Arguments.Length > 0 && CellLanguage.IsKnown(language))
            throw new DirectiveException($"#!{mark.Name} takes no options, but has \"{mark.Arguments}\".", line);
    }

    /// <summary>What stands between two lines <c>#!…</c>, in the language of the moment.</summary>
    private void AddText(int start, int end)
    {
        var text = _text[start..end];
        if (string.IsNullOrWhiteSpace(text))
            return;
        var line = LineOf(start + (text.Length - text.TrimStart().Length));
        if (_language == CellLanguage.Value && _steps.LastOrDefault() is ValueStep { Text: null } named)
        {
            _steps[^1] = named with { Text = text };
            return;
        }

        var before = new string('\n', LineOf(start) - 1);
        _steps.Add(_language switch
        {
            CellLanguage.CSharp => new CodeStep(line, before + text),
            CellLanguage.FSharp => new FSharpStep(line, before + text),
            CellLanguage.Value => new ValueStep(line, "", text),
            CellLanguage.Mermaid => new ContentStep(line, _language, text.Trim()) { Options = _options },
            _ when CellLanguage.IsKnown(_language) => new ContentStep(line, _language, text.Trim()),
            _ => new ForeignStep(line, _language),
        });
    }

    private Mark? NextMark(int start) => _language == CellLanguage.CSharp ? NextInCode(start) : NextInText(start);

    /// <summary>In C# a line is a directive only where the compiler sees one, not inside a string or a comment.</summary>
    private Mark? NextInCode(int start)
    {
        foreach (var trivia in ScriptSyntax.Parse(_text[start..]).GetRoot().DescendantTrivia())
        {
            var at = start + trivia.SpanStart;
            if (trivia.IsDirective && string.CompareOrdinal(_text, at, HostLines.Prefix, 0, HostLines.Prefix.Length) == 0)
                return Mark.At(_text, at);
        }

        return null;
    }

    /// <summary>
    /// Other languages have lines of their own that begin like that: only names that are known count, and a language
    /// that is not ours keeps its commands.
    /// </summary>
    private Mark? NextInText(int start)
    {
        for (var at = start; at < _text.Length; at = Mark.EndOfLine(_text, at))
        {
            if (string.CompareOrdinal(_text, at, HostLines.Prefix, 0, HostLines.Prefix.Length) != 0)
                continue;
            var mark = Mark.At(_text, at);
            if (CellLanguage.Selected(mark.Name) is not null
                || (CellLanguage.IsKnown(_language) && CommandList.Find(mark.Name) is not null))
            {
                return mark;
            }
        }

        return null;
    }

    private int LineOf(int position) => _text.AsSpan(0, position).Count('\n') + 1;

    /// <summary>A line <c>#!name arguments</c>.</summary>
    private sealed record Mark(int Start, int End, string Name, string Arguments)
    {
        public static Mark At(string text, int start)
        {
            var end = EndOfLine(text, start);
            var (name, arguments) = HostLines.Read(text[start..end]);
            return new Mark(start, end, name, arguments);
        }

        public static int EndOfLine(string text, int position)
        {
            var end = text.IndexOf('\n', position);
            return end < 0 ? text.Length : end + 1;
        }
    }
}
