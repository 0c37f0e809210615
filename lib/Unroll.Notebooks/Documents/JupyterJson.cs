using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>
/// Writes JSON as Jupyter does: indent of one space, keys in the order they came, non-ASCII unescaped, numbers as they
/// were spelled. .NET's own writer escapes more (emoji for one), so a notebook would change by being saved.
/// </summary>
internal static class JupyterJson
{
    /// <summary>The text of <paramref name="node"/>, with a newline at its end.</summary>
    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Write(text, node, indent: 0);
        return text.Append('\n').ToString();
    }

    /// <summary>The text of <paramref name="node"/> on one line without spaces.</summary>
    public static string WriteLine(JsonNode node)
    {
        var text = new StringBuilder();
        WriteLine(text, node);
        return text.ToString();
    }

    private static void WriteLine(StringBuilder text, JsonNode? node)
    {
        if (node is JsonObject members)
        {
            WriteList(text, '{', '}', members, member =>
            {
                WriteString(text, member.Key);
                text.Append(':');
                WriteLine(text, member.Value);
            });
        }
        else if (node is JsonArray items)
        {
            WriteList(text, '[', ']', items, item => WriteLine(text, item));
        }
        else
        {
            Write(text, node, indent: 0);
        }
    }

    private static void WriteList<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            text.Append(isFirst ? "" : ",");
            write(item);
            isFirst = false;
        }

        text.Append(close);
    }

    private static void Write(StringBuilder text, JsonNode? node, int indent)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject { Count: 0 }:
                text.Append("{}");
                break;
            case JsonArray { Count: 0 }:
                text.Append("[]");
                break;
            case JsonObject members:
                WriteBlock(text, '{', '}', indent, members, member =>
                {
                    WriteString(text, member.Key);
                    text.Append(": ");
                    Write(text, member.Value, indent + 1);
                });
                break;
            case JsonArray items:
                WriteBlock(text, '[', ']', indent, items, item => Write(text, item, indent + 1));
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.String)
                    WriteString(text, node.GetValue<string>());
                else
                    text.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteBlock<T>(
        StringBuilder text, char open, char close, int indent, IEnumerable<T> items, Action<T> write)
    {
        var separator = open;
        foreach (var item in items)
        {
            text.Append(separator).Append('\n').Append(' ', indent + 1);
            write(item);
            separator = ',';
        }

        text.Append('\n').Append(' ', indent).Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
