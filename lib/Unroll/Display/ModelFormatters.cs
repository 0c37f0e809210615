using System.Net;
using Unroll.Models;

namespace Unroll.Display;

/// <summary>How a notebook shows a model: its summary.</summary>
internal sealed class ModelFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter<Model>("text/html", (model, writer) => writer.Write($"<pre>{WebUtility.HtmlEncode(Text(model))}</pre>")),
        new Formatter<Model>("text/plain", (model, writer) => writer.Write(Text(model))),
    ];

    private static string Text(Model model) =>
        model.Built ? model.Summary(print: _ => { }) : $"<{model.GetType().Name} {model.Name}, not built yet>";
}
