using System.Diagnostics;
using Unroll.Notebooks.Tests.Support;

[assembly: AssemblyFixture(typeof(Unroll.Browser.Tests.Pictures.ReadPages))]

namespace Unroll.Browser.Tests.Pictures;

/// <summary>The pages that <c>run</c> writes of the lessons; written once, for the first test that asks.</summary>
public sealed class ReadPages : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Lazy<Task<string>> _written;

    /// <summary>Writes nothing yet.</summary>
    public ReadPages() => _written = new Lazy<Task<string>>(WriteAsync);

    /// <summary>The address of a page, such as <c>index.html</c>.</summary>
    public async Task<string> AddressOfAsync(string page) => new Uri(Path.Combine(await _written.Value, page)).AbsoluteUri;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private async Task<string> WriteAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.Host, "run", "--parallel", "2", "--output", _folder["pages"]])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var run = Process.Start(start)!;
        var said = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, said);
        return _folder["pages"];
    }
}
