using System.Text.Json.Nodes;
using Unroll.Browser.Tests.Browsing;
using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Runner;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Browser.Tests.Pictures;

/// <summary>The pictures of the real lessons, whether this run made them or the file only holds them.</summary>
public sealed class LessonPicturesTests(Chromium chromium) : IDisposable
{
    private readonly TempFolder _folder = new();

    public static MatrixTheoryData<string, bool> Lessons => new(ReadPages.Lessons.Select(path => Path.GetFileName(path)), [true, false]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task Every_picture_of_a_lesson_shows_and_nothing_is_missing(string name, bool isOfThisRun)
    {
        var json = await File.ReadAllTextAsync(Repository.PathOf("notebooks", name), TestContext.Current.CancellationToken);
        var expected = JsonNode.Parse(json)!["cells"]!.AsArray().Sum(cell => cell!["outputs"] is JsonArray outputs ? outputs.Count(IsPicture) : 0);
        var result = DrawnPage.Result(json, Repository.PathOf("notebooks", name));
        foreach (var cell in result.Cells.Where(_ => !isOfThisRun))
            cell.Outcome = CellOutcome.NotRun;
        PageWriter.Write([(result, _folder[name])], _folder["index.html"]);

        await using var opened = new OpenedPage(await chromium.NewPageAsync());
        var page = opened.Watched.Page;
        await page.GotoAsync(new Uri(_folder[Path.ChangeExtension(name, ".html")]).AbsoluteUri);

        var shown = await page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('main .value :is(svg, img)')]
                .filter(each => !each.parentElement.closest('svg') && each.getBoundingClientRect().width > 50 && (each.tagName !== 'IMG' || each.naturalWidth > 0)).length
            """);
        Assert.Equal(expected, shown);
        Assert.Empty(opened.Watched.Problems);
        Assert.Empty(opened.Asked);
        Assert.Equal(0, await page.Locator(".failure, .note").Filter(new() { HasText = "cannot be drawn" }).CountAsync());
        await page.ScreenshotAsync(new() { FullPage = true, Path = Repository.PathOf("artifacts", "screenshots", $"pictures-{Path.GetFileNameWithoutExtension(name)}-{(isOfThisRun ? "run" : "stored")}.png") });
    }

    private static bool IsPicture(JsonNode? output)
    {
        var data = output!["data"] as JsonObject;
        var html = data?["text/html"] is JsonArray lines ? string.Concat(lines.Select(line => line!.GetValue<string>())) : (string?)data?["text/html"] ?? "";
        return html.Contains("<svg", StringComparison.Ordinal) || html.Contains("data:image/", StringComparison.Ordinal);
    }
}
