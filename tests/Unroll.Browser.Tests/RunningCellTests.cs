using Unroll.Browser.Tests.Browsing;
using Unroll.Browser.Tests.Jupyter;
using static Microsoft.Playwright.Assertions;

namespace Unroll.Browser.Tests;

/// <summary>What a person can do while a cell runs: stop it, watch it, answer it.</summary>
[Collection(nameof(ScratchCollection))]
public sealed class RunningCellTests(JupyterServer jupyter, Chromium chromium, ScratchNotebook scratch) : NotebookTests(jupyter, chromium, scratch)
{
    [Fact]
    public async Task The_stop_button_ends_a_cell_and_keeps_the_variables()
    {
        const string Begin = "Console.WriteLine(\"begun\");\n";
        var notebook = await OpenAsync(
            "var kept = 41;",
            $"{Begin}while (true) {{ }}",
            $"{Begin}System.Threading.Thread.Sleep(1_000_000);",
            $"{Begin}await Task.Delay(1_000_000);",
            "kept + 1");
        await notebook.Cell(0).RunAsync();

        foreach (var endless in new[] { 1, 2, 3 })
        {
            await notebook.Cell(endless).StartAsync();

            // A cell that only waits for its turn cannot be stopped, and looks the same.
            await Expect(notebook.Cell(endless).Output).ToHaveTextAsync("begun\n");
            await notebook.InterruptAsync();
            await notebook.Cell(endless).HasRunAsync();
            await Expect(notebook.Cell(endless).Outputs.Last).ToContainTextAsync("Interrupted");
        }

        await notebook.Cell(4).RunAsync();
        await Expect(notebook.Cell(4).Output).ToHaveTextAsync("42");
        await notebook.Watched.ScreenshotAsync("interrupted");
    }

    [Fact]
    public async Task Output_appears_while_the_cell_runs()
    {
        var notebook = await OpenAsync("for (var i = 0; ; i++) { Console.WriteLine($\"step {i}\"); await Task.Delay(50); }");
        await notebook.Cell(0).StartAsync();

        await Expect(notebook.Cell(0).Output).ToContainTextAsync("step 3\n");
        await notebook.Cell(0).RunsAsync();
        await Expect(notebook.Cell(0).Output).ToContainTextAsync("step 9\n");

        await notebook.InterruptAsync();
        await notebook.Cell(0).HasRunAsync();
    }

    [Fact]
    public async Task A_cell_asks_for_a_line_and_a_password_is_not_shown()
    {
        var notebook = await OpenAsync(
            "Console.Write(\"Your name? \");\nvar name = Console.ReadLine();\nConsole.WriteLine($\"Hello, {name}!\");",
            "var secret = await GetPasswordAsync(\"Key: \");\nsecret.GetClearTextPassword().Length");
        await notebook.Cell(0).StartAsync();

        await Expect(notebook.InputBox).ToBeVisibleAsync();
        await notebook.Watched.ScreenshotAsync("input");
        await notebook.InputBox.FillAsync("Ada");
        await notebook.InputBox.PressAsync("Enter");

        await notebook.Cell(0).HasRunAsync();
        await Expect(notebook.Cell(0).Whole).ToContainTextAsync("Hello, Ada!");

        await notebook.Cell(1).StartAsync();
        await Expect(notebook.InputPrompt).ToHaveTextAsync("Key: ");
        await Expect(notebook.InputBox).ToHaveAttributeAsync("type", "password");
        await notebook.InputBox.FillAsync("hidden thing");
        await notebook.Watched.ScreenshotAsync("password");
        await notebook.InputBox.PressAsync("Enter");

        await notebook.Cell(1).HasRunAsync();
        await Expect(notebook.Cell(1).Outputs.Last).ToHaveTextAsync("12");
        await Expect(notebook.Cell(1).Whole).Not.ToContainTextAsync("hidden thing");
    }
}
