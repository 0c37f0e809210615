using System.Xml.Linq;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Tests.ToolTests;

/// <summary>Drawings by the tool.</summary>
public sealed class DrawingTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_network_is_drawn_as_SVG_for_light_and_dark_pages()
    {
        var result = Bench.Fine(Bench.Published("bi.keras"), "--svg", _bench["net.svg"]);
        Assert.Equal(("", $"wrote {_bench["net.svg"]}"), (result.Output, result.Errors.TrimEnd()));
        var svg = File.ReadAllText(_bench["net.svg"]);
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.Contains("prefers-color-scheme:dark", svg, StringComparison.Ordinal);
        Assert.Contains("lstm_1", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void The_flow_chart_is_printed_with_names_classes_and_shapes()
    {
        var chart = Bench.Fine(Bench.Published("bi.keras"), "--mermaid").Output;
        Assert.StartsWith("flowchart TD\n", chart, StringComparison.Ordinal);
        Assert.Contains("LSTM · 50 units<br/>(None, 5, 50)", chart, StringComparison.Ordinal);
        Assert.Contains("<b>dense</b><br/>Dense<br/>(None, 1)", chart, StringComparison.Ordinal);
    }

    [Fact]
    public void Branches_shared_layers_and_models_within_are_drawn()
    {
        var chart = Bench.Fine(_bench.Branches().Path, "--mermaid").Output;
        Assert.Contains("call 2, the same weights", chart, StringComparison.Ordinal);
        Assert.Matches("subgraph n\\d+ \\[\"within\"\\]", chart);
        Assert.Contains("<b>inside</b>", chart, StringComparison.Ordinal);
        Assert.Contains("<b>left</b>", chart, StringComparison.Ordinal);
        Assert.Contains("<b>output 2</b>", chart, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_a_file_are_not_taken_for_markup()
    {
        var model = new Sequential([new Dense(1, inputShape: [2], name: "<i>\"a\" & #1;`")]);
        Assert.Contains("<b>#60;i#62;#34;a#34; #38; #35;1#59;#96;</b>", model.Plot().ToMermaid(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_flow_chart_goes_to_a_file_for_Markdown_in_a_block()
    {
        var (_, path) = _bench.Plain();
        Assert.Empty(Bench.Fine(path, "--mermaid", _bench["net.mmd"]).Output);
        Bench.Fine(path, "--mermaid", _bench["net.md"]);
        var chart = File.ReadAllText(_bench["net.mmd"]);
        Assert.StartsWith("flowchart TD\n", chart, StringComparison.Ordinal);
        Assert.Equal($"```mermaid\n{chart}```\n", File.ReadAllText(_bench["net.md"]));
    }

    [Fact]
    public void Both_drawings_come_at_once()
    {
        var (_, path) = _bench.Plain();
        Assert.StartsWith("flowchart", Bench.Fine(path, "--mermaid", "--svg", _bench["net.svg"]).Output, StringComparison.Ordinal);
        Assert.Contains("net.svg", _bench.Files, StringComparer.Ordinal);
    }

    [Fact]
    public void Arrays_and_unsupported_models_are_not_drawn()
    {
        NpyFile.Save(_bench["x.npy"], Tensor.Zeros(5, 1));
        Bench.Refused(1, [_bench["x.npy"], "--mermaid"], "x.npy has arrays and no model to draw");
        Bench.Refused(1, [_bench.Unknown(), "--svg", _bench["net.svg"]], "stack.keras", "first", "Mystery");
        Assert.DoesNotContain("net.svg", _bench.Files, StringComparer.Ordinal);
    }
}
