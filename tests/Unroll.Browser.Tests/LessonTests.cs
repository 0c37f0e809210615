using System.Text.RegularExpressions;
using Unroll.Browser.Tests.Browsing;
using Unroll.Browser.Tests.Jupyter;
using static Microsoft.Playwright.Assertions;

namespace Unroll.Browser.Tests;

/// <summary>A learner opens a lesson in Jupyter and runs it from the menu.</summary>
public sealed partial class LessonTests(JupyterServer jupyter, Chromium chromium) : NotebookTests(jupyter, chromium)
{
    [Fact]
    public async Task A_lesson_opens_without_a_question_and_runs_from_the_menu()
    {
        const string Name = "05-inputs-and-outputs.ipynb";
        var ids = CodeCells(Name);
        var lesson = await OpenLessonAsync(Name);
        await Expect(lesson.Questions).ToHaveCountAsync(0);

        await lesson.RestartAndRunAllAsync();
        await lesson.AllHaveRunAsync();

        await Expect(Cell("code-2").Output).ToContainTextAsync("input shape is (2, 9, 3)");
        await Expect(Cell("code-4").Output).ToContainTextAsync("KerasTensor");
        await Expect(Cell("code-13").Output).ToContainTextAsync("Total params:");
        await Expect(Cell("picture-last-sequence").Output.Locator("table")).ToContainTextAsync("0.0066");
        await Expect(Cell("picture-before").Output.Locator("img")).ToHaveAttributeAsync("alt", DrawnPooling());
        Assert.Empty(await SvgReport.ProblemsAsync(lesson.Watched.Page));
        foreach (var (id, name) in new[] { ("code-1", "top"), ("code-13", "summary"), ("picture-last-state", "table"), ("picture-before", "network") })
        {
            await Cell(id).Whole.ScrollIntoViewIfNeededAsync();
            await lesson.Watched.ScreenshotAsync($"lesson-{name}");
        }

        NotebookCell Cell(string id) => lesson.Cell(ids.IndexOf(id));
    }

    [GeneratedRegex("^The network .*MaxPooling1D", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DrawnPooling();
}
