using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Pages;

/// <summary>Text of a notebook, which is a string or a list of lines; what is neither is shown as the JSON it is.</summary>
internal static class CellText
{
    /// <summary>The text that <paramref name="node"/> holds.</summary>
    public static string Of(JsonNode? node) => Join(node, "");

    /// <summary>The text, with <paramref name="separator"/> between the items of a list.</summary>
    public static string Join(JsonNode? node, string separator)
    {
        if (node is not JsonArray items)
            return One(node);
        var text = new StringBuilder();
        for (var i = 0; i < items.Count; i++)
            text.Append(i == 0 ? "" : separator).Append(One(items[i]));
        return text.ToString();
    }

    private static string One(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => JupyterJson.WriteLine(node),
    };
}
