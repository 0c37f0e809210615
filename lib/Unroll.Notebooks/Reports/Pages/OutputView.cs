using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unroll.Figures;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>What cells have shown, as HTML: of a value's views the richest that a page can show.</summary>
/// <param name="markdown">Turns Markdown into HTML.</param>
/// <param name="safe">Shows HTML of outputs that this run did not make.</param>
/// <param name="live">Shows HTML of outputs that it made.</param>
internal sealed class OutputView(MarkdownView markdown, SafeHtml safe, LiveHtml live)
{
    private const string Plotly = "application/vnd.plotly.v1+json";
    private const string Mermaid = "text/vnd.mermaid";

    private static readonly JsonSerializerOptions Spread = new() { WriteIndented = true };

    /// <summary>What drawings and tables in characters are made of.</summary>
    private static readonly SearchValues<char> Drawn = SearchValues.Create("\t─│┌┐└┘├┤┬┴┼═║▲►▼◄↓↑");

    /// <summary>The views a page can show, the richest first.</summary>
    private static readonly string[] Types =
    [
        Mermaid, "text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", Plotly, "text/markdown", "text/latex", "application/json",
        "text/plain",
    ];

    /// <summary>One output.</summary>
    /// <param name="output">The output, as the file holds it.</param>
    /// <param name="isOfThisRun">Whether a cell made it in this run; what only stood in the file runs nothing.</param>
    public string Write(JsonObject output, bool isOfThisRun) => CellText.Of(output["output_type"]) switch
    {
        "stream" => Pre(CellText.Of(output["name"]) == "stderr" ? "stderr" : "stdout", CellText.Of(output["text"])),
        "error" => Pre("error", Error(output)),
        _ when output["data"] is JsonObject data => Value(data, isOfThisRun),
        _ => throw new UndrawableException("it has no object \"data\""),
    };

    private static string Error(JsonObject output) => output["traceback"] is JsonArray { Count: > 0 } lines
        ? CellText.Join(lines, "\n")
        : $"{CellText.Of(output["ename"])}: {CellText.Of(output["evalue"])}";

    private string Value(JsonObject data, bool isOfThisRun)
    {
        var type = Array.Find(Types, data.ContainsKey);
        if (type is null)
            return Pre("stdout", $"[{string.Join(", ", data.Select(view => view.Key))}]");
        try
        {
            return Value(type, data, isOfThisRun);
        }
        catch (UndrawableException error) when (type is not "text/plain" && data.ContainsKey("text/plain"))
        {
            var note = HtmlText.Encode($"Shown as text, because the {type} cannot be drawn: {error.Message}");
            return $"<p class=\"note\">{note}</p>\n{Pre("value", CellText.Of(data["text/plain"]))}";
        }
    }

    private string Value(string type, JsonObject data, bool isOfThisRun)
    {
        var node = data[type];
        return type switch
        {
            "text/html" => Div(isOfThisRun ? live.Write(CellText.Of(node)) : safe.Write(CellText.Of(node))),
            "text/markdown" => Div(markdown.Write(CellText.Of(node))),
            "application/json" => Pre("value", Json(node)),
            "text/latex" or "text/plain" => Pre("value", CellText.Of(node)),
            Mermaid => Diagram(CellText.Of(node)),
            Plotly => Chart(node, data),
            "image/svg+xml" => Picture(PictureData.OfSvg(CellText.Of(node)), data),
            _ => Picture(PictureData.OfBase64(type, CellText.Of(node)), data),
        };
    }

    /// <summary>Short JSON on many lines: long one would grow by its depth for each of its items.</summary>
    private static string Json(JsonNode? node)
    {
        if (node is null)
            return "null";
        var line = JupyterJson.WriteLine(node);
        return line.Length <= PageLimits.JsonSpread ? node.ToJsonString(Spread) : line;
    }

    /// <summary>A figure of Plotly's, still: a page has no plotly.js.</summary>
    private static string Chart(JsonNode? node, JsonObject data)
    {
        var json = node is JsonValue or JsonArray ? CellText.Of(node) : node?.ToJsonString() ?? "";
        if (json.Length > PageLimits.PictureBytes)
            throw new UndrawableException("it is too large for a page");
        try
        {
            return Picture(PictureData.OfSvg(Figure.FromJson(json).ToSvg()), data);
        }
        catch (ArgumentException error)
        {
            throw new UndrawableException(error.Message);
        }
    }

    /// <summary>A diagram as it is written: what draws it is a script that a page does not load.</summary>
    private static string Diagram(string text) =>
        $"{Pre("value", text)}\n<p class=\"note\">A diagram in Mermaid's language: JupyterLab and VS Code draw it.</p>";

    private static string Div(string html) => $"<div class=\"value\">{html}</div>";

    /// <summary>The plain view says what a picture shows, where there is one.</summary>
    private static string Picture(string url, JsonObject data)
    {
        var words = data["text/plain"] is { } plain ? CellText.Of(plain) : "picture";
        return Div($"<img alt=\"{HtmlText.Encode(words)}\" src=\"{url}\">");
    }

    private static string Pre(string style, string text)
    {
        var settled = TerminalText.Settle(text).TrimEnd('\n');
        return $"<pre class=\"{style}{(HasColumns(settled) ? " columns" : "")}\">{HtmlText.Encode(settled)}</pre>";
    }

    /// <summary>
    /// Whether folding a line would tear apart what stands below each other: spaces within a line make columns, and signs
    /// repeated draw lines. What has neither is sentences.
    /// </summary>
    private static bool HasColumns(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var words = line.Trim();
            if (words.Contains("  ", StringComparison.Ordinal) || words.ContainsAny(Drawn)
                || words.Contains("====", StringComparison.Ordinal) || words.Contains("____", StringComparison.Ordinal)
                || words.Contains("----", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
