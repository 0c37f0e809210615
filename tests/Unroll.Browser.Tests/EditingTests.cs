using Microsoft.Playwright;
using Unroll.Browser.Tests.Browsing;
using Unroll.Browser.Tests.Jupyter;
using static Microsoft.Playwright.Assertions;

namespace Unroll.Browser.Tests;

/// <summary>What helps a person who writes a cell.</summary>
[Collection(nameof(ScratchCollection))]
public sealed class EditingTests(JupyterServer jupyter, Chromium chromium, ScratchNotebook scratch) : NotebookTests(jupyter, chromium, scratch)
{
    [Fact]
    public async Task Tab_completes_Shift_Tab_explains_and_a_question_mark_opens_the_pager()
    {
        var notebook = await OpenAsync("", "", "var carrots = new List<int> { 3, 1, 2 };", "Math.Max?");
        await notebook.Cell(2).RunAsync();

        await notebook.Cell(0).TypeAsync("Console.Wri");
        await notebook.Cell(0).PressAsync("Tab");
        await Expect(notebook.Completions).ToHaveTextAsync(["Write", "WriteLine"]);
        await notebook.Watched.ScreenshotAsync("completion");
        await notebook.Cell(0).PressAsync("ArrowDown");
        await notebook.Cell(0).PressAsync("Enter");
        await Expect(notebook.Completions).ToHaveCountAsync(0);

        await notebook.Cell(0).PressAsync("Shift+Tab");
        await Expect(notebook.Tooltip).ToContainTextAsync("static void System.Console.WriteLine(");
        await notebook.Watched.ScreenshotAsync("tooltip");
        await notebook.Cell(0).PressAsync("Escape");

        await notebook.Cell(1).TypeAsync("carrots.Ord");
        await notebook.Cell(1).PressAsync("Tab");
        await Expect(notebook.Completions.First).ToHaveTextAsync("Order");
        await notebook.Watched.ScreenshotAsync("completion-of-a-variable");
        await notebook.Cell(1).PressAsync("Escape");

        await notebook.Cell(3).RunAsync();
        await Expect(notebook.Pager).ToContainTextAsync("Math.Max(");
        await Expect(notebook.Pager).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
        await notebook.Watched.ScreenshotAsync("pager");
        await notebook.Cell(3).PressAsync("Escape");
        await Expect(notebook.Pager).Not.ToBeInViewportAsync();
    }
}
