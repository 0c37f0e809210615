using System.Text.Json.Nodes;
using Unroll.Browser.Tests.Browsing;
using Unroll.Browser.Tests.Jupyter;
using Unroll.Notebooks.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Unroll.Browser.Tests;

/// <summary>A fresh clone: Jupyter takes the styles of its outputs away, and its own rules reach what is left.</summary>
public sealed class UntrustedTests(JupyterServer jupyter, Chromium chromium) : NotebookTests(jupyter, chromium)
{
    [Fact]
    public async Task Numbers_of_a_tensor_have_one_size_before_the_notebook_is_trusted()
    {
        var tensor = Tensor.Of([-1, -0.6, -0.3, -0.15, -0.05, 0, 0.05, 0.15, 0.3, 0.6, 1]);
        var output = new JsonObject
        {
            ["output_type"] = "execute_result",
            ["execution_count"] = 1,
            ["metadata"] = new JsonObject(),
            ["data"] = new JsonObject { ["text/html"] = TensorTable.Write(tensor), ["text/plain"] = tensor.ToString() },
        };
        var json = new NotebookBuilder().Code("x").With(cell => cell["outputs"] = new JsonArray(output)).ToString();

        var notebook = await OpenUntrustedAsync(json);

        var page = notebook.Watched.Page;
        await Expect(page.Locator("#notification_trusted")).ToHaveTextAsync("Not Trusted");
        var sizes = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.output td')].map(cell => getComputedStyle(cell).fontSize)");
        Assert.Equal(11, sizes.Length);
        Assert.Single(sizes.Distinct(StringComparer.Ordinal));
    }
}
