using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// What a notebook says of itself before its first part: each fact begins with words in bold, such as
/// <c>**Time:** about 25 minutes</c>, and ends before the next bold words at the begin of a sentence.
/// </summary>
internal sealed class LessonFacts
{
    private static readonly string[] AimWords =
        ["you will be able to", "you will learn", "you can", "when you are through", "aim", "aims", "goal", "goals", "objectives", "learning objectives"];

    private static readonly string[] TimeWords = ["time", "duration", "how long"];

    private static readonly string[] NeedWords = ["you need", "before", "before this", "prerequisites", "requirements", "what you need", "what to know before"];

    private readonly List<(string Label, List<string> Words)> _facts = [];

    private LessonFacts()
    {
    }

    /// <summary>Those of a notebook that says nothing of itself.</summary>
    public static LessonFacts None { get; } = new();

    /// <summary>What a reader can do afterwards, as a sentence; null where it is not said.</summary>
    public string? Aim => Find(AimWords) is { } fact ? Sentence(fact) : null;

    /// <summary>How long it takes, and under what words; null where it is not said.</summary>
    public (string Label, string Text)? Time => Named(TimeWords);

    /// <summary>What to know before, and under what words; null where it is not said.</summary>
    public (string Label, string Text)? Needs => Named(NeedWords);

    /// <summary>The facts of a cell: what stands between its first heading and the next one.</summary>
    public static LessonFacts Of(MarkdownDocument cell)
    {
        var facts = new LessonFacts();
        foreach (var block in cell.SkipWhile(block => block is not HeadingBlock).Skip(1).TakeWhile(block => block is not HeadingBlock))
            facts.Read(block);
        return facts;
    }

    private void Read(Block block)
    {
        if (block is ParagraphBlock { Inline: { } words })
            Read(words, " ");
        else if (block is ListBlock list)
            Read(list);
        else
            _facts.Add(("", []));
    }

    /// <summary>Items with labels are facts of their own; others go on with the fact before them.</summary>
    private void Read(ListBlock list)
    {
        var separator = " ";
        foreach (var paragraph in list.OfType<ListItemBlock>().SelectMany(item => item.OfType<ParagraphBlock>()))
        {
            if (paragraph.Inline is not { } words)
                continue;
            Read(words, separator);
            separator = "; ";
        }
    }

    /// <summary>Words that begin no fact belong to the one before, after a separator.</summary>
    private void Read(ContainerInline words, string separator)
    {
        var isFirst = true;
        foreach (var inline in words)
        {
            var text = inline is LineBreakInline ? " " : MarkdownView.TextOf(inline);
            if (inline is EmphasisInline { DelimiterCount: 2 } && (isFirst || text.EndsWith(':') || IsKnown(text)))
                _facts.Add((text.TrimEnd(':', ' '), []));
            else if (_facts is [.., var last])
                Append(last.Words, text, isFirst && last.Words.Count > 0 ? separator : "");
            isFirst = false;
        }
    }

    private static void Append(List<string> words, string text, string separator)
    {
        if (separator == "; ")
            words[^1] = words[^1].TrimEnd(',', ';', '.', ' ');
        words.Add(separator + text);
    }

    private static bool IsKnown(string label) => AimWords.Concat(TimeWords).Concat(NeedWords).Contains(label, StringComparer.OrdinalIgnoreCase);

    private (string Label, string Text)? Named(string[] labels) => Find(labels) is { } fact ? (fact.Label, fact.Text) : null;

    private (string Label, string Text)? Find(string[] labels)
    {
        var (label, words) = _facts.Find(each => labels.Contains(each.Label, StringComparer.OrdinalIgnoreCase));
        var text = words is null ? "" : string.Concat(words).Trim();
        return text.Length == 0 ? null : (label, text);
    }

    private static string Sentence((string Label, string Text) fact) =>
        fact.Label.Contains(' ', StringComparison.Ordinal) ? $"{fact.Label} {fact.Text}" : fact.Text;
}
