using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Mermaid;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Session.Values;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>What a cell writes for the page in another language than C#.</summary>
internal static class PageContent
{
    /// <summary>The views of it.</summary>
    /// <param name="step">The text.</param>
    /// <param name="values">Gets the values of options.</param>
    public static MimeBundle Of(ContentStep step, ValueDirectives values) => step.Language switch
    {
        "html" => new MimeBundle { [MimeBundle.Html] = step.Text },
        CellLanguage.JavaScript => new MimeBundle { [MimeBundle.Html] = Kernel.ScriptTag(step.Text) },
        "markdown" => new MimeBundle { [MimeBundle.Markdown] = step.Text, [MimeBundle.Plain] = step.Text },
        CellLanguage.Mermaid => Diagram(step, values),
        var other => throw new NotSupportedException($"{other} has nothing to be shown as."),
    };

    private static MimeBundle Diagram(ContentStep step, ValueDirectives values)
    {
        var options = DirectiveOptions.Read("#!mermaid", step.Options, CommandList.DiagramOptions, step.Line);
        var diagram = new MermaidMarkdown(step.Text)
        {
            Width = values.Text(options, "--display-width", step.Line) ?? "",
            Height = values.Text(options, "--display-height", step.Line) ?? "",
            Background = values.Text(options, "--display-background-color", step.Line) ?? MermaidMarkdown.DefaultBackground,
        };
        return ValueRenderer.Render(diagram, []);
    }
}
