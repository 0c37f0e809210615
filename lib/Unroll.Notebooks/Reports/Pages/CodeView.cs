using System.Text;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>
/// C# as HTML in colours: what each token looks like and what stands beside it, and no more. A parser would know a little
/// better, and is kept out of this process (see <see cref="CodeLexer"/>).
/// </summary>
internal static class CodeView
{
    /// <summary>Longer code has no colours: a reader does not read it, and the page would grow by three times its length.</summary>
    private const int LongestColoured = 200_000;

    /// <summary>The code, with spans of the classes <c>k</c> (keyword), <c>s</c> (string), <c>n</c> (number), <c>t</c> (type),
    /// <c>m</c> (method), <c>c</c> (comment) and <c>d</c> (directive).</summary>
    public static string Write(string code)
    {
        if (code.Length > LongestColoured)
            return HtmlText.Encode(code);
        var html = new StringBuilder();
        var tokens = CodeLexer.Split(code);
        var names = new NameStyles(code, tokens);
        var at = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (Style(names, token, i) is not { } style)
                continue;
            html.Append(HtmlText.Encode(code[at..token.Start]));
            html.Append("<span class=\"").Append(style).Append("\">");
            html.Append(HtmlText.Encode(code[token.Start..token.End])).Append("</span>");
            at = token.End;
        }

        return html.Append(HtmlText.Encode(code[at..])).ToString();
    }

    private static string? Style(NameStyles names, CodeToken token, int index) => token.Kind switch
    {
        CodeTokenKind.Number => "n",
        CodeTokenKind.String => "s",
        CodeTokenKind.Comment => "c",
        CodeTokenKind.Directive => "d",
        CodeTokenKind.Word => names.Of(index),
        _ => null,
    };
}
