using System.Text.Json.Nodes;

namespace Unroll.Guests.Tests.Interactive;

/// <summary>Plotly.NET and then XPlot in one session of the real kernel, and the same cells in our host.</summary>
[Collection(RealKernel.Collection)]
public sealed class ChartTests(OurHost host) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Both_run_in_one_session_and_make_the_figures_that_our_host_shows()
    {
        string[] cells = [Charts.OfPlotlyNet[0], $"var line = {Charts.OfPlotlyNet[1]};\nline", Charts.OfXPlot[0], $"var points = {Charts.OfXPlot[1]};\npoints"];
        var here = await host.RunAsync(Charts.Write(_folder["charts.ipynb"], cells));

        using var kernel = new RealKernel(withPackages: true);
        foreach (var cell in cells)
            await kernel.RunAsync(cell);
        var line = await kernel.RunAsync("Console.Write(Plotly.NET.GenericChart.toFigureJson(line))");
        Charts.AssertSameTraces(Charts.Figure(here[1])["data"]!, JsonNode.Parse((string)line.Items.Single()["stream"]!)!["data"]!);
        var points = await kernel.RunAsync("Console.Write(points.GetInlineHtml())");
        Charts.AssertSameTraces(Charts.Figure(here[3])["data"]!, Charts.TracesOfScript((string)points.Items.Single()["stream"]!));
    }
}
