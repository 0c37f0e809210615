using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents.Comparing;

/// <summary>Compares what a cell showed with what the file holds, and says in lines what differs.</summary>
internal static class OutputChecker
{
    /// <summary>The differences between two lists of outputs; none when they agree.</summary>
    /// <param name="expected">What the file has.</param>
    /// <param name="actual">What came.</param>
    /// <param name="tolerance">How far numbers may be off in a cell that shows trained ones, which differ from processor to
    /// processor, as what is drawn of them does; null for any other cell.</param>
    public static IReadOnlyList<string> Compare(JsonArray expected, JsonArray actual, double? tolerance = null)
    {
        var before = ShownOutput.ReadAll(expected);
        var now = ShownOutput.ReadAll(actual);
        var lines = new List<string>();
        if (before.Count != now.Count)
            lines.Add($"expected {List(before)}; got {List(now)}");
        for (var i = 0; i < Math.Min(before.Count, now.Count); i++)
        {
            var place = $"output {i + 1} of {before.Count} ({before[i].Kind})";
            var differences = Compare(place, before[i], now[i], tolerance).ToList();
            lines.AddRange(differences);

            // After one too many or too few, whatever follows is out of step.
            if (before.Count != now.Count && differences.Count > 0)
                break;
        }

        return lines;
    }

    private static IEnumerable<string> Compare(string place, ShownOutput expected, ShownOutput actual, double? tolerance)
    {
        if (expected.Kind != actual.Kind)
            return [$"{place}: got {actual.Kind}"];
        var views = string.Join(", ", expected.Views.Keys);
        var actualViews = string.Join(", ", actual.Views.Keys);
        if (views != actualViews)
            return [$"{place}: expected the views {views}; got {actualViews}"];
        if (tolerance is not null && expected.IsPicture)
            return [];
        return expected.Views.SelectMany(view => TextChecker.Compare(
            view.Key.Length == 0 ? place : $"{place}, {view.Key}", view.Value, actual.Views[view.Key], IsText(view.Key), tolerance));
    }

    /// <summary>Pictures and the like have no numbers to be tolerant about.</summary>
    private static bool IsText(string mimeType) =>
        mimeType.Length == 0 || mimeType.StartsWith("text/", StringComparison.Ordinal)
        || mimeType.EndsWith("json", StringComparison.Ordinal) || mimeType.EndsWith("xml", StringComparison.Ordinal)
        || mimeType.EndsWith("javascript", StringComparison.Ordinal);

    private static string List(List<ShownOutput> outputs) => outputs.Count switch
    {
        0 => "no output",
        1 => $"1 output ({outputs[0].Kind})",
        _ => $"{outputs.Count} outputs ({string.Join(", ", outputs.Select(output => output.Kind))})",
    };
}

/// <summary>
/// One output as far as it is compared: its kind, and its text by view; a stream has one view without a name.
/// </summary>
internal sealed record ShownOutput(string Kind, SortedDictionary<string, string> Views)
{
    /// <summary>Whether it is drawn: its text is a drawing, too.</summary>
    public bool IsPicture => Views.Any(view => view.Key.StartsWith("image/", StringComparison.Ordinal) || view.Value.Contains("<svg", StringComparison.Ordinal));

    /// <summary>
    /// The outputs of a file, with neighbouring pieces of one stream joined, as Jupyter may leave them apart.
    /// </summary>
    public static List<ShownOutput> ReadAll(JsonArray outputs)
    {
        var read = new List<ShownOutput>();
        foreach (var output in outputs.OfType<JsonObject>().Select(Read))
        {
            if (read.LastOrDefault() is { } last && output.Kind.StartsWith("stream ", StringComparison.Ordinal)
                && last.Kind == output.Kind)
            {
                last.Views[""] += output.Views[""];
            }
            else
            {
                read.Add(output);
            }
        }

        return read;
    }

    private static ShownOutput Read(JsonObject output)
    {
        var views = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var kind = Text(output["output_type"]);
        switch (kind)
        {
            case "stream":
                views[""] = Text(output["text"]);
                return new ShownOutput($"stream {Text(output["name"])}", views);
            case "error":
                // The traceback is left out: it changes with the libraries below, the error does not.
                views[""] = $"{Text(output["ename"])}: {Text(output["evalue"])}";
                return new ShownOutput(kind, views);
            default:
                foreach (var (mimeType, value) in output["data"] as JsonObject ?? [])
                {
                    views[mimeType] = mimeType.EndsWith("json", StringComparison.Ordinal) ? Canonical(value)
                        : mimeType == "text/html" ? PictureText.WriteOut(Text(value))
                        : Text(value);
                }

                return new ShownOutput(kind, views);
        }
    }

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(Text)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    /// <summary>JSON means the same in any order of keys, a member a line so that differences can be read.</summary>
    private static string Canonical(JsonNode? node) => Documents.JupyterJson.Write(Sorted(node) ?? JsonValue.Create("null"));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
