using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Unroll.Notebooks.Reports.Formulas;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// Makes MathML of the formulas that Markdown marked. What is not known stands as its source: nothing of a formula is lost.
/// Done after the HTML was cleaned, of the text alone: only elements of our own come in.
/// </summary>
internal static class HtmlFormulas
{
    /// <summary>The class that Markdown's formulas have.</summary>
    public const string Mark = "math";

    /// <summary>The class of those on lines of their own, which have the other too.</summary>
    public const string Display = "display";

    /// <summary>Draws every formula of <paramref name="document"/>.</summary>
    public static void Draw(IHtmlDocument document)
    {
        foreach (var element in document.QuerySelectorAll($"span.{Mark}, div.{Mark}").ToList())
        {
            var source = element.TextContent.Trim();
            if (!IsMarked(source, element is IHtmlDivElement))
                continue;
            var latex = source[2..^2];
            var isDisplay = element is IHtmlDivElement || element.ClassList.Contains(Display);
            element.TextContent = "";
            if (Formula.Read(latex, isDisplay) is { } formula)
                element.AppendChild(formula.ToElement(document));
            else
                element.AppendChild(Source(document, isDisplay ? $"$${latex}$$" : $"${latex}$"));
        }
    }

    private static bool IsMarked(string source, bool isBlock) => source.Length >= 4
        && source.StartsWith(isBlock ? @"\[" : @"\(", StringComparison.Ordinal)
        && source.EndsWith(isBlock ? @"\]" : @"\)", StringComparison.Ordinal);

    private static IElement Source(IDocument document, string latex)
    {
        var code = document.CreateElement("code");
        code.TextContent = latex;
        return code;
    }
}
