using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Unroll.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace Unroll.Browser.Tests.Jupyter;

/// <summary>An open notebook, as a person sees and uses it.</summary>
public sealed partial class NotebookPage(WatchedPage watched) : IAsyncDisposable
{
    /// <summary>The page in the browser.</summary>
    public WatchedPage Watched => watched;

    /// <summary>The boxes in front of the page that ask something.</summary>
    public ILocator Questions => Page.Locator(".modal-dialog");

    /// <summary>The names that the completion menu offers.</summary>
    public ILocator Completions => Page.Locator("#complete option");

    /// <summary>What Shift+Tab shows, once it has faded in.</summary>
    public ILocator Tooltip => Page.Locator("#tooltip:not([style*=opacity]) .tooltiptext");

    /// <summary>The pane at the bottom that shows documentation.</summary>
    public ILocator Pager => Page.Locator("#pager-container");

    /// <summary>The box in which a cell asks for a line.</summary>
    public ILocator InputBox => Page.Locator("input.raw_input");

    /// <summary>What stands before the box.</summary>
    public ILocator InputPrompt => Page.Locator(".raw_input_prompt");

    private IPage Page => watched.Page;

    private ILocator CodeCells => Page.Locator(".code_cell");

    /// <summary>Opens the notebook at <paramref name="address"/> and waits until its kernel is there.</summary>
    public async Task OpenAsync(string address)
    {
        await Page.GotoAsync(address);
        await Expect(Page.Locator("#kernel_indicator_icon.kernel_idle_icon")).ToBeVisibleAsync();
    }

    /// <summary>The code cell <paramref name="index"/>, from 0.</summary>
    public NotebookCell Cell(int index) => new(Page, CodeCells.Nth(index));

    /// <summary>Takes all cells away and puts others there; the kernel keeps its variables.</summary>
    public Task ReplaceCellsAsync(IReadOnlyList<string> codes) => Page.EvaluateAsync(
        """
        codes => {
            const notebook = Jupyter.notebook;
            const old = notebook.get_cells().map((_, index) => index);
            for (const code of codes)
                notebook.insert_cell_at_bottom('code').set_text(code);
            notebook.delete_cells(old);
        }
        """,
        codes);

    /// <summary>Chooses Cell, Run All.</summary>
    public async Task RunAllAsync()
    {
        await Page.ClickAsync("#celllink");
        await Page.ClickAsync("#run_all_cells");
    }

    /// <summary>Chooses Kernel, Restart and Run All, and says yes to the question.</summary>
    public async Task RestartAndRunAllAsync()
    {
        await Page.ClickAsync("#kernellink");
        await Page.ClickAsync("#restart_run_all");
        await Questions.GetByRole(AriaRole.Button, new() { Name = "Restart and Run All Cells" }).ClickAsync();
        await Expect(Questions).ToHaveCountAsync(0);
    }

    /// <summary>Waits until every code cell has a number: none waits, and none runs.</summary>
    public async Task AllHaveRunAsync()
    {
        for (var i = 0; i < await CodeCells.CountAsync(); i++)
            await Cell(i).HasRunAsync();
    }

    /// <summary>Presses the toolbar's square.</summary>
    public async Task InterruptAsync() =>
        await Page.ClickAsync("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => watched.DisposeAsync();
}

/// <summary>A code cell of an open notebook.</summary>
public sealed partial class NotebookCell(IPage page, ILocator cell)
{
    /// <summary>The whole cell.</summary>
    public ILocator Whole => cell;

    /// <summary>What the cell shows below its code.</summary>
    public ILocator Outputs => cell.Locator(".output_area .output_subarea");

    /// <summary>What it shows, one part.</summary>
    public ILocator Output => Outputs.First;

    /// <summary>Where the code stands.</summary>
    public ILocator Editor => cell.Locator(".CodeMirror");

    private ILocator Prompt => cell.Locator(".input_prompt");

    /// <summary>Types at the end of the code.</summary>
    public async Task TypeAsync(string text)
    {
        await Editor.ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Presses keys in the code.</summary>
    public Task PressAsync(string keys) => page.Keyboard.PressAsync(keys);

    /// <summary>Runs the cell with Ctrl+Enter, and does not wait.</summary>
    public async Task StartAsync()
    {
        await Editor.ClickAsync();
        await page.Keyboard.PressAsync("Control+Enter");
    }

    /// <summary>Runs the cell and waits for its end.</summary>
    public async Task RunAsync()
    {
        await StartAsync();
        await HasRunAsync();
    }

    /// <summary>Waits until the cell runs, or stands in the queue.</summary>
    public Task RunsAsync() => Expect(Prompt).ToHaveTextAsync("In [*]:");

    /// <summary>Waits for the end of the cell.</summary>
    public Task HasRunAsync() => Expect(Prompt).ToHaveTextAsync(Numbered());

    [GeneratedRegex(@"In\s\[[0-9]+\]:", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();
}
