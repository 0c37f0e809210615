using Microsoft.Playwright;
using Unroll.Browser.Tests.Browsing;
using Unroll.Figures;
using Unroll.Notebooks.Tests.Support;
using Unroll.Tests.FigureTests;
using static Microsoft.Playwright.Assertions;

namespace Unroll.Browser.Tests.Pictures;

/// <summary>Figures before plotly.js, the real one, and without it.</summary>
public sealed class FigureTests(Chromium chromium) : IDisposable
{
    private const string Missing = "needs plotly.js: npm install --prefix artifacts/npm plotly.js-dist-min";

    private readonly TempFolder _folder = new();

    private static string PlotlyPath => Repository.PathOf("artifacts", "npm", "node_modules", "plotly.js-dist-min", "plotly.min.js");

    private static IEnumerable<KeyValuePair<string, Figure>> Figures => SampleFigures.All().Concat(SampleFigures.Odd());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plotly_finds_nothing_wrong_and_with_it_a_figure_comes_alive_and_says_its_values()
    {
        var chart = SampleFigures.Of([new { type = "scatter", x = new[] { 1, 2, 3 }, y = new[] { 10.5, 20.25, 15.125 }, mode = "lines+markers", name = "loss" }]);
        await using var watched = await OpenAsync(chart.ToHtml(), withPlotly: true);

        await Expect(watched.Page.Locator(".js-plotly-plot .scatterlayer .point")).ToHaveCountAsync(3);
        await Expect(watched.Page.Locator(".unroll-plot > img")).ToBeHiddenAsync();
        await watched.Page.Locator(".js-plotly-plot .scatterlayer .point").Nth(1).HoverAsync(new LocatorHoverOptions { Force = true });
        await Expect(watched.Page.Locator(".hoverlayer")).ToContainTextAsync("20.25");
        Assert.Empty(watched.Problems);
        await watched.ScreenshotAsync("figure-alive");

        var problems = new List<string>();
        foreach (var (name, figure) in SampleFigures.All())
        {
            var found = await watched.Page.EvaluateAsync<string[]>(
                "json => { const figure = JSON.parse(json); return (Plotly.validate(figure.data, figure.layout) ?? []).map(each => each.msg); }", figure.ToJson());
            problems.AddRange(found.Select(each => $"{name}: {each}"));
        }

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Without_plotly_every_figure_is_a_picture_in_which_nothing_overlaps(ColorScheme theme)
    {
        var page = string.Concat(Figures.Select(each => $"<h3>{each.Key}</h3>{each.Value.ToSvg()}"));
        await using var watched = await OpenAsync($"<body style=\"columns:2\">{page}", theme: theme);

        Assert.Empty(watched.Problems);
        Assert.Equal(Figures.Count(), await watched.Page.Locator("body > svg").CountAsync());
        Assert.Empty(await SvgReport.ProblemsAsync(watched.Page));
        await watched.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            FullPage = true,
            Path = Repository.PathOf("artifacts", "screenshots", $"figures-{theme.ToString().ToLowerInvariant()}.png"),
        });
    }

    [Fact]
    public async Task A_figures_html_is_an_image_that_fits_a_phone()
    {
        await using var watched = await OpenAsync(string.Concat(Figures.Select(each => each.Value.ToHtml())));
        await watched.Page.SetViewportSizeAsync(360, 740);
        var images = await watched.Page.EvaluateAsync<int[]>(
            "() => [...document.querySelectorAll('.unroll-plot > img')].map(each => each.naturalWidth > 0 ? Math.ceil(each.getBoundingClientRect().right) : -1)");

        Assert.Empty(watched.Problems);
        Assert.Equal(Figures.Count(), images.Length);
        Assert.All(images, right => Assert.InRange(right, 1, 360));
    }

    private async Task<WatchedPage> OpenAsync(string html, bool withPlotly = false, ColorScheme theme = ColorScheme.Light)
    {
        if (withPlotly)
            Tool.Need(File.Exists(PlotlyPath), Missing);
        var script = withPlotly ? $"<script src=\"{new Uri(PlotlyPath).AbsoluteUri}\"></script>" : "";
        var file = _folder[$"{theme}-{withPlotly}.html"];
        await File.WriteAllTextAsync(
            file,
            $"<!DOCTYPE html><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><title>Figures</title><link rel=\"icon\" href=\"data:,\">{script}{html}",
            TestContext.Current.CancellationToken);
        var watched = await chromium.NewPageAsync();
        await watched.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
        await watched.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return watched;
    }
}
