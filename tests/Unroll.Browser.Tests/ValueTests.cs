using Unroll.Browser.Tests.Browsing;
using Unroll.Browser.Tests.Jupyter;
using static Microsoft.Playwright.Assertions;

namespace Unroll.Browser.Tests;

/// <summary>What cells show.</summary>
[Collection(nameof(ScratchCollection))]
public sealed class ValueTests(JupyterServer jupyter, Chromium chromium, ScratchNotebook scratch) : NotebookTests(jupyter, chromium, scratch)
{
    [Fact]
    public async Task Values_tables_pictures_and_errors_show()
    {
        var notebook = await OpenAsync(
            "record City(string Name, int People);\nnew[] { new City(\"Oslo\", 717_710), new City(\"Bergen\", 291_940) }",
            "new Dictionary<string, double> { [\"loss\"] = 0.25, [\"accuracy\"] = 0.875 }",
            "new { Name = \"LSTM\", Shape = (2, 9, 3), Weights = new[] { 0.5, 1.5 } }",
            "\"<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'><circle cx='15' cy='15' r='12' fill='teal'/></svg>\".DisplayAs(\"image/svg+xml\");",
            "Console.WriteLine(\"out\");\nConsole.Error.WriteLine(\"err\");",
            "int Half(int n) => n % 2 == 0 ? n / 2 : throw new ArgumentException($\"{n} is odd\");\nHalf(3)",
            "var x = ;");
        await notebook.RunAllAsync();
        for (var i = 0; i < 6; i++)
            await notebook.Cell(i).HasRunAsync();
        // Jupyter stops at the first error.
        await notebook.Cell(6).RunAsync();

        await Expect(notebook.Cell(0).Output.Locator("table")).ToContainTextAsync("Bergen");
        await Expect(notebook.Cell(1).Output.Locator("table")).ToContainTextAsync("accuracy");
        await Expect(notebook.Cell(2).Output.Locator("table").First).ToContainTextAsync("(2, 9, 3)");
        await Expect(notebook.Cell(3).Output.Locator("svg circle")).ToBeVisibleAsync();
        await Expect(notebook.Cell(4).Outputs).ToHaveTextAsync(["out\n", "err\n"]);
        await Expect(notebook.Cell(5).Output).ToContainTextAsync("ArgumentException: 3 is odd");
        await Expect(notebook.Cell(6).Output).ToContainTextAsync("CS1525");
        await notebook.Watched.ScreenshotAsync("values");
    }
}
