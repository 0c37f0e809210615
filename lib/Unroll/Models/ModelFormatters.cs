using System.Net;
using Unroll.Views;

namespace Unroll.Models;

/// <summary>How a notebook shows a model: its summary.</summary>
internal sealed class ModelFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => Html((Model)value)),
        new Formatter("text/plain", value => Text((Model)value)),
    ];

    private static string Html(Model model) => model.Built ? SummaryHtml.Write(model) : $"<pre>{WebUtility.HtmlEncode(Text(model))}</pre>";

    private static string Text(Model model) =>
        model.Built ? model.Summary(print: _ => { }) : $"<{model.GetType().Name} {model.Name}, not built yet>";
}
