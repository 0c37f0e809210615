using Microsoft.AspNetCore.Html;
using Unroll.Notebooks.Formatting;
using Unroll.Notebooks.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// The helpers every cell has, under the names that .NET Interactive gave them, so that its notebooks run unchanged.
/// Cells see the static members of this class as their own.
/// </summary>
public static class Kernel
{
    /// <summary>Shows <paramref name="value"/> now, in the running cell's output.</summary>
    /// <param name="value">What to show; null shows too.</param>
    /// <param name="mimeTypes">The views to send, such as <c>text/html</c>; none means the value's own choice.</param>
    /// <returns>A handle that can replace what was shown.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        var id = Guid.NewGuid().ToString("n");
        var data = ValueFormatter.Format(value, mimeTypes);
        SessionOutput.Publish(new Displayed(data, id));
        return new DisplayedValue(id, [.. data.Keys], mimeTypes);
    }

    /// <summary>Text that is HTML already; it shows when it is a cell's value or is displayed.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Sends a script to the page that shows the notebook, now.</summary>
    public static void Javascript(string scriptContent) =>
        display(HTML(ScriptTag(scriptContent)));

    /// <summary>Sends a style sheet to the page that shows the notebook, now.</summary>
    public static void CSS(string content) => display(HTML($"<style>{content}</style>"));

    internal static string ScriptTag(string script) => $"<script type=\"text/javascript\">{script}</script>";
}
