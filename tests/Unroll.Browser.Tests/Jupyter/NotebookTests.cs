using System.Text.Json.Nodes;
using Unroll.Browser.Tests.Browsing;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Browser.Tests.Jupyter;

/// <summary>Tests that use a notebook. One that fails says what the server and the kernels said, and leaves a picture.</summary>
/// <param name="jupyter">Serves the notebook.</param>
/// <param name="chromium">Shows it.</param>
/// <param name="scratch">The notebook that tests of several classes share; a test that is given none opens its own.</param>
public abstract class NotebookTests(JupyterServer jupyter, Chromium chromium, ScratchNotebook? scratch = null) : IAsyncLifetime
{
    /// <summary>
    /// Jupyter's own: until the kernel says its language, it looks for a colouring called after the one that Polyglot Notebooks
    /// writes into notebooks, then for one called null; it asks for widgets whether they are installed or not; and MathJax
    /// tries fonts out.
    /// </summary>
    private static readonly string[] Known =
        ["codemirror/mode/polyglot-notebook/", "codemirror/mode/null/", "nbextensions/widgets/notebook/js/extension.js", "about:blank"];

    private NotebookPage? _notebook;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_notebook is null)
            return;
        var problems = _notebook.Watched.Problems
            .Where(problem => !Known.Any(known => problem.Contains(known, StringComparison.Ordinal)))
            .ToList();
        var hasFailed = TestContext.Current.TestState?.Result == TestResult.Failed || problems.Count > 0;
        if (hasFailed)
        {
            await _notebook.Watched.ScreenshotAsync($"failed-{GetType().Name}-{TestContext.Current.TestMethod?.MethodName}");
            TestContext.Current.TestOutputHelper?.WriteLine($"The log of Jupyter and its kernels:\n{jupyter.LogTail}");
        }

        // What a test has broken is not the next one's.
        if (scratch is not null)
            scratch.Page = hasFailed ? null : _notebook;
        if (hasFailed || scratch is null)
            await _notebook.DisposeAsync();
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

    /// <summary>The shared notebook, with these code cells and no others.</summary>
    protected async Task<NotebookPage> OpenAsync(params string[] cells)
    {
        _notebook = scratch?.Page ?? await OpenAsync($"scratch-{Guid.NewGuid():n}.ipynb", new NotebookBuilder().Code("").ToString());
        await _notebook.ReplaceCellsAsync(cells);
        return _notebook;
    }

    /// <summary>A notebook of its own, as a fresh clone has it: with outputs that nobody here has run.</summary>
    protected Task<NotebookPage> OpenUntrustedAsync(string json) => OpenAsync($"untrusted-{Guid.NewGuid():n}.ipynb", json);

    private async Task<NotebookPage> OpenAsync(string file, string json)
    {
        var address = await jupyter.AddressOfAsync(file);
        await File.WriteAllTextAsync(Path.Combine(jupyter.Notebooks, file), json);
        _notebook = new NotebookPage(await chromium.NewPageAsync());
        await _notebook.OpenAsync(address);
        return _notebook;
    }
}
