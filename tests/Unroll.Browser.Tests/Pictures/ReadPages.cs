using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Reports.Pages;
using Unroll.Notebooks.Runner;
using Unroll.Notebooks.Tests.Support;

[assembly: AssemblyFixture(typeof(Unroll.Browser.Tests.Pictures.ReadPages))]

namespace Unroll.Browser.Tests.Pictures;

/// <summary>The pages of the lessons, as <c>run</c> draws them, of the outputs that the lessons are committed with.</summary>
public sealed class ReadPages : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Lazy<string> _written;

    /// <summary>Writes nothing yet.</summary>
    public ReadPages() => _written = new Lazy<string>(Write);

    /// <summary>The lessons' files, in order.</summary>
    public static IReadOnlyList<string> Lessons { get; } =
        [.. Directory.GetFiles(Repository.PathOf("notebooks"), "*.ipynb").Order(StringComparer.Ordinal)];

    /// <summary>The address of a page, such as <c>index.html</c>; written for the first test that asks.</summary>
    public string AddressOf(string page) => new Uri(Path.Combine(_written.Value, page)).AbsoluteUri;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string Write()
    {
        var results = Lessons.Select(path => (Passed(path), Path.Combine(_folder["pages"], Path.GetFileName(path)))).ToList();
        PageWriter.Write(results, _folder["pages", "index.html"]);
        return _folder["pages"];
    }

    /// <summary>The result of a run that went well.</summary>
    private static NotebookResult Passed(string path)
    {
        var result = new NotebookResult(new NotebookTask(NotebookReader.Read(path, Path.GetFileName(path)), Path.GetFileName(path), Target: path));
        foreach (var cell in result.Cells)
            cell.Outcome = CellOutcome.Passed;
        return result;
    }
}
