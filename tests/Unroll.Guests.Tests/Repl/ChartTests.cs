namespace Unroll.Guests.Tests.Repl;

/// <summary>
/// The charts' packages in dotnet-repl, with FSharp.Core 10.1 beside the tool; without that, Plotly.NET cannot be loaded there.
/// </summary>
public sealed class ChartTests(DotnetRepl repl, OurHost host) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chart_of_Plotly_NET_has_the_same_points_there()
    {
        var notebook = Charts.Write(_folder["plotly-net.ipynb"], Charts.OfPlotlyNet);
        var there = CellOutputs.OfNotebook(await repl.RunAsync(notebook, repl.WithNewFSharpCore()));
        var here = await host.RunAsync(notebook);
        Charts.AssertSameTraces(Charts.Figure(here[1])["data"]!, Charts.TracesOfScript((string)there[1].Items[^1]["text/html"]!));
    }

    [Fact]
    public async Task A_chart_of_XPlot_runs_there_and_shows_as_a_table()
    {
        var notebook = Charts.Write(_folder["xplot.ipynb"], Charts.OfXPlot);
        var there = CellOutputs.OfNotebook(await repl.RunAsync(notebook, repl.WithNewFSharpCore()));
        Assert.Contains("XPlot.Plotly.PlotlyChart", (string)there[1].Items[^1]["text/html"]!, StringComparison.Ordinal);
        var here = await host.RunAsync(notebook);
        Assert.Equal("scatter", (string)Charts.Figure(here[1])["data"]![0]!["type"]!);
    }
}
