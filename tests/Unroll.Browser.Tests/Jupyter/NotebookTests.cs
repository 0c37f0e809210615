using System.Text.Json.Nodes;
using Unroll.Browser.Tests.Browsing;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Browser.Tests.Jupyter;

/// <summary>Tests that open notebooks. One that fails says what the server and the kernels said, and leaves a picture.</summary>
public abstract class NotebookTests(JupyterServer jupyter, Chromium chromium) : IAsyncLifetime
{
    /// <summary>
    /// Jupyter's own: until the kernel says its language, it looks for a colouring called after the one that Polyglot Notebooks
    /// writes into notebooks, then for one called null; and MathJax tries fonts out.
    /// </summary>
    private static readonly string[] Known = ["codemirror/mode/polyglot-notebook/", "codemirror/mode/null/", "about:blank"];

    private readonly List<NotebookPage> _open = [];

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var problems = _open.SelectMany(page => page.Watched.Problems)
            .Where(problem => !Known.Any(known => problem.Contains(known, StringComparison.Ordinal)))
            .ToList();
        var hasFailed = TestContext.Current.TestState?.Result == TestResult.Failed || problems.Count > 0;
        foreach (var page in _open)
        {
            if (hasFailed)
                await page.Watched.ScreenshotAsync($"failed-{GetType().Name}-{TestContext.Current.TestMethod?.MethodName}");
            await page.DisposeAsync();
        }

        if (hasFailed)
            TestContext.Current.TestOutputHelper?.WriteLine($"The log of Jupyter and its kernels:\n{jupyter.LogTail}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    /// <summary>The ids of a lesson's code cells, in order.</summary>
    protected static IList<string> CodeCells(string name) => [.. JsonNode.Parse(File.ReadAllText(Repository.PathOf("notebooks", name)))!["cells"]!.AsArray()
        .Where(cell => cell!["cell_type"]!.GetValue<string>() == "code")
        .Select(cell => cell!["id"]!.GetValue<string>())];

    /// <summary>Opens a copy of a lesson, with its outputs taken away.</summary>
    protected Task<NotebookPage> OpenLessonAsync(string name)
    {
        var lesson = JsonNode.Parse(File.ReadAllText(Repository.PathOf("notebooks", name)))!;
        foreach (var cell in lesson["cells"]!.AsArray().Where(cell => cell!["cell_type"]!.GetValue<string>() == "code"))
            (cell!["outputs"], cell["execution_count"]) = (new JsonArray(), null);
        return OpenAsync(name, lesson.ToJsonString());
    }

    /// <summary>Opens a new notebook of code cells, named as the test.</summary>
    protected Task<NotebookPage> OpenAsync(params string[] cells)
    {
        var notebook = new NotebookBuilder();
        foreach (var code in cells)
            notebook.Code(code);
        return OpenAsync($"{TestContext.Current.TestMethod!.MethodName}.ipynb", notebook.ToString());
    }

    private async Task<NotebookPage> OpenAsync(string file, string json)
    {
        var address = await jupyter.AddressOfAsync(file);
        await File.WriteAllTextAsync(Path.Combine(jupyter.Notebooks, file), json);
        var page = new NotebookPage(await chromium.NewPageAsync());
        _open.Add(page);
        await page.OpenAsync(address);
        return page;
    }
}
