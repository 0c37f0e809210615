using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unroll.Guests.Tests.Support;

/// <summary>The notebooks with charts, and what hosts give of a chart.</summary>
internal static partial class Charts
{
    public const string MimeType = "application/vnd.plotly.v1+json";

    /// <summary>A chart of Plotly.NET, whose extension draws it in .NET Interactive.</summary>
    public static readonly string[] OfPlotlyNet =
    [
        "#r \"nuget: Plotly.NET.Interactive, 6.0.0\"\n#r \"nuget: Plotly.NET.CSharp, 0.14.0\"",
        "Plotly.NET.CSharp.Chart.Line<int, double, string>(x: new[] { 1, 2, 3 }, y: new[] { 3.0, 1.0, 2.0 })",
    ];

    /// <summary>A chart of XPlot, whose extension is not to be had.</summary>
    public static readonly string[] OfXPlot =
    [
        "#r \"nuget: XPlot.Plotly, 4.1.0\"",
        "XPlot.Plotly.Chart.Plot(new XPlot.Plotly.Scatter { x = new[] { 1, 2, 3 }, y = new[] { 3.0, 1.0, 2.0 } })",
    ];

    /// <summary>Writes cells into a notebook; dotnet-repl knows <c>#r "nuget:"</c> only in cells that name their kernel.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string path, IEnumerable<string> cells)
    {
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray(
            [
                .. cells.Select((code, i) => new JsonObject
                {
                    ["cell_type"] = "code",
                    ["execution_count"] = null,
                    ["id"] = $"cell-{i}",
                    ["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } },
                    ["outputs"] = new JsonArray(),
                    ["source"] = code,
                }),
            ]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }

    /// <summary>The figure that a host shows as JSON.</summary>
    public static JsonNode Figure(CellOutputs cell) =>
        cell.Items.Select(item => item[MimeType]).Last(figure => figure is not null)!;

    /// <summary>The traces that a script holds: <c>var data = […];</c>.</summary>
    public static JsonNode TracesOfScript(string html) => JsonNode.Parse(Data().Match(html).Groups["json"].Value)!;

    /// <summary>Fails unless two hosts draw the same points: one of them may leave out what is empty.</summary>
    public static void AssertSameTraces(JsonNode expected, JsonNode actual)
    {
        foreach (var (one, other) in expected.AsArray().Zip(actual.AsArray(), (one, other) => (one!, other!)))
            foreach (var name in new[] { "type", "mode", "x", "y" })
                Assert.True(JsonNode.DeepEquals(one[name], other[name]), $"{name}: {one[name]?.ToJsonString()} here, {other[name]?.ToJsonString()} there");
        Assert.Equal(expected.AsArray().Count, actual.AsArray().Count);
    }

    [GeneratedRegex(@"var data = (?<json>\[.*?\]);\s*var layout", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Data();
}
