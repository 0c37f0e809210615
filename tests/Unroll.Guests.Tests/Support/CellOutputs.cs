using System.Text.Json.Nodes;

namespace Unroll.Guests.Tests.Support;

/// <summary>What one cell showed: printed text, as one piece where nothing came between, and values by MIME type.</summary>
/// <param name="Items">In the order in which they came.</param>
internal sealed record CellOutputs(IReadOnlyList<JsonObject> Items)
{
    private const string Printed = "stream";

    /// <summary>The outputs of a notebook's code cells.</summary>
    public static IReadOnlyList<CellOutputs> OfNotebook(string json) =>
    [
        .. JsonNode.Parse(json)!["cells"]!.AsArray()
            .Where(cell => (string?)cell!["cell_type"] == "code")
            .Select(cell => Gather(cell!["outputs"]!.AsArray().Select(output => OfOutput(output!.AsObject())))),
    ];

    /// <summary>Puts printed text together where nothing came between: how it was cut up is chance.</summary>
    public static CellOutputs Gather(IEnumerable<JsonObject> items)
    {
        var gathered = new List<JsonObject>();
        foreach (var item in items)
        {
            if (item[Printed] is { } text && gathered.LastOrDefault()?[Printed] is { } before)
                gathered[^1] = Text((string)before! + (string)text!);
            else
                gathered.Add(item);
        }

        return new CellOutputs(gathered);
    }

    /// <summary>Printed text.</summary>
    public static JsonObject Text(string text) => new() { [Printed] = text };

    /// <summary>A value, one text for each MIME type; JSON by its meaning, as hosts hold it as a text or as an object.</summary>
    public static JsonObject Value(IEnumerable<KeyValuePair<string, JsonNode?>> data) =>
        new(data.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Key.EndsWith("json", StringComparison.Ordinal) ? Parsed(pair.Value!) : Joined(pair.Value!))));

    /// <summary>Fails unless the cells of two hosts show the same.</summary>
    /// <param name="expected">What ours shows.</param>
    /// <param name="actual">What the other one shows.</param>
    /// <param name="except">The numbers of cells in which each host may speak for itself.</param>
    public static void AssertEqual(IReadOnlyList<CellOutputs> expected, IReadOnlyList<CellOutputs> actual, params IReadOnlyList<int> except)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var cell = 0; cell < expected.Count; cell++)
        {
            if (except.Contains(cell))
                continue;
            var (ours, theirs) = (expected[cell].Items, actual[cell].Items);
            Assert.True(ours.Count == theirs.Count, $"code cell {cell}: {ours.Count} outputs here, {theirs.Count} there");
            for (var i = 0; i < ours.Count; i++)
                Assert.True(JsonNode.DeepEquals(ours[i], theirs[i]), $"code cell {cell}, output {i}:\nhere  {ours[i].ToJsonString()}\nthere {theirs[i].ToJsonString()}");
        }
    }

    private static JsonObject OfOutput(JsonObject output)
    {
        if ((string?)output["output_type"] == Printed)
            return Text((string)Joined(output["text"]!)!);
        return output["data"] is JsonObject data
            ? Value(data)
            : throw new InvalidOperationException($"The cell failed: {output.ToJsonString()}");
    }

    private static JsonNode Parsed(JsonNode value) => value is JsonObject ? value.DeepClone() : JsonNode.Parse((string)Joined(value)!)!;

    private static JsonNode Joined(JsonNode value) => value is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : value.DeepClone();
}
