using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Microsoft.DotNet.Interactive.Mermaid;

/// <summary>
/// A diagram in the language of Mermaid. It is a picture where the page draws such diagrams itself (JupyterLab 4.1 and later)
/// or may load Mermaid's script, and the text of the diagram everywhere else.
/// </summary>
/// <param name="value">The diagram, such as <c>graph TD; A--&gt;B;</c>.</param>
[TypeFormatterSource(typeof(MermaidSource), PreferredMimeTypes = [MimeBundle.Html, MermaidSource.MimeType, MimeBundle.Plain])]
public sealed partial class MermaidMarkdown(string value)
{
    internal const string DefaultBackground = "white";

    private readonly string _value = value ?? throw new ArgumentNullException(nameof(value));

    internal string Background { get; init; } = DefaultBackground;

    internal string Width { get; init; } = "";

    internal string Height { get; init; } = "";

    /// <summary>The text of the diagram.</summary>
    public override string ToString() => _value;

    /// <summary>
    /// The text, and a script that puts the drawing in its place. Where the script does not run (a notebook that is not
    /// trusted), Mermaid cannot be loaded (offline) or does not understand it, the text stays.
    /// </summary>
    internal string ToHtml()
    {
        var style = string.Concat(Rule("background-color", Background), Rule("width", Width), Rule("height", Height));
        return $$"""
            <div style="{{style}}"><pre class="mermaid">{{HtmlText.Encode(_value)}}</pre><script>
            {
                const text = document.currentScript.parentElement.querySelector('pre.mermaid');
                const number = window.unrollDiagrams = (window.unrollDiagrams ?? 0) + 1;
                import('{{MermaidSource.Script}}').then(async ({ default: mermaid }) => {
                    mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true });
                    const { svg, bindFunctions } = await mermaid.render(`unroll-diagram-${number}`, text.textContent);
                    const drawing = document.createElement('div');
                    drawing.innerHTML = svg;
                    text.replaceWith(drawing);
                    bindFunctions?.(drawing);
                }).catch(error => console.log(error));
            }
            </script></div>
            """.ReplaceLineEndings("\n");
    }

    /// <summary>Only what is a length or a colour may stand in a style.</summary>
    private static string Rule(string property, string text)
    {
        if (text.Length == 0)
            return "";
        return Harmless().IsMatch(text)
            ? $"{property}:{text};"
            : throw new ArgumentException($"\"{text}\" is not a {property} of a diagram: write a CSS length or colour, such as 400px or white.");
    }

    [GeneratedRegex(@"^[\w#%.,()\s-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Harmless();
}

/// <summary>The views of a diagram.</summary>
internal sealed class MermaidSource : ITypeFormatterSource
{
    /// <summary>What JupyterLab draws by itself.</summary>
    public const string MimeType = "text/vnd.mermaid";

    /// <summary>Mermaid for a page that may load it, in a version that stays.</summary>
    public const string Script = "https://cdn.jsdelivr.net/npm/mermaid@12.3.0/dist/mermaid.esm.min.mjs";

    /// <inheritdoc/>
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new HtmlFormatter<MermaidMarkdown>((diagram, context) => context.Writer.Write(diagram.ToHtml())),
        new PlainTextFormatter<MermaidMarkdown>((diagram, context) => context.Writer.Write(diagram)),
        new AsText(),
    ];

    private sealed class AsText : TypeFormatter<MermaidMarkdown>
    {
        public override string MimeType => MermaidSource.MimeType;

        public override bool Format(MermaidMarkdown value, FormatContext context)
        {
            context.Writer.Write(value);
            return true;
        }
    }
}
