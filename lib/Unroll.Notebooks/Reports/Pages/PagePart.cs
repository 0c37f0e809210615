using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>A part of a page, drawn by itself: one that cannot be drawn says so in its place, and the others stay.</summary>
internal static class PagePart
{
    /// <summary>The HTML that <paramref name="draw"/> makes, or what went wrong.</summary>
    /// <param name="what">What the part is called.</param>
    /// <param name="draw">Draws it.</param>
    /// <param name="source">Shown verbatim where the part cannot be drawn; null for nothing.</param>
    public static string Draw(string what, Func<string> draw, string? source = null)
    {
        try
        {
            return draw();
        }
        catch (Exception error)
        {
            var shown = source is null ? "" : $"<pre class=\"raw\">{HtmlText.Encode(source)}</pre>\n";
            return $"<p class=\"failure\">{HtmlText.Encode($"{what} cannot be drawn: {Reason(error)}")}</p>\n{shown}";
        }
    }

    /// <summary>The reason in one line.</summary>
    public static string Reason(Exception error)
    {
        var text = error is UndrawableException ? error.Message : $"{error.Message} ({error.GetType().Name})";
        return text.ReplaceLineEndings(" ");
    }
}
