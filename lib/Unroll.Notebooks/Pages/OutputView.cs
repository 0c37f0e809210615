using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Pages;

/// <summary>What a cell has shown, as HTML: of a value's views the richest that a page without scripts can show.</summary>
internal static class OutputView
{
    /// <summary>The views a page can show, the richest first.</summary>
    private static readonly string[] Types =
        ["text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "text/markdown", "text/latex", "application/json", "text/plain"];

    /// <summary>One output.</summary>
    public static string Write(JsonObject output, MarkdownView markdown) => (string?)output["output_type"] switch
    {
        "stream" => Pre((string?)output["name"] == "stderr" ? "stderr" : "stdout", Text(output["text"])),
        "error" => Pre("error", string.Join('\n', ((JsonArray)output["traceback"]!).Select(line => (string?)line))),
        _ => Value((JsonObject)output["data"]!, markdown),
    };

    private static string Value(JsonObject data, MarkdownView markdown)
    {
        var type = Array.Find(Types, data.ContainsKey);
        if (type is null)
            return Pre("stdout", $"[{string.Join(", ", data.Select(view => view.Key))}]");
        var node = data[type];
        return type switch
        {
            "text/html" => $"<div class=\"value\">{Text(node)}</div>",
            "image/svg+xml" => $"<div class=\"value\">{Text(node)}</div>",
            "text/markdown" => $"<div class=\"value\">{markdown.Write(Text(node))}</div>",
            "application/json" => Pre("value", node!.ToJsonString(new() { WriteIndented = true })),
            "text/latex" or "text/plain" => Pre("value", Text(node)),
            _ => $"<div class=\"value\"><img alt=\"{WebUtility.HtmlEncode(Alternative(data))}\" src=\"data:{type};base64,{Text(node).ReplaceLineEndings("")}\"></div>",
        };
    }

    /// <summary>The plain view says what a picture shows, where there is one.</summary>
    private static string Alternative(JsonObject data) => data["text/plain"] is { } plain ? Text(plain) : "picture";

    private static string Pre(string style, string text) => $"<pre class=\"{style}\">{WebUtility.HtmlEncode(TerminalText.Settle(text).TrimEnd('\n'))}</pre>";

    private static string Text(JsonNode? node)
    {
        if (node is not JsonArray lines)
            return (string?)node ?? "";
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append((string?)line);
        return text.ToString();
    }
}
