using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(Unroll.Guests.Tests.Repl.DotnetRepl))]

namespace Unroll.Guests.Tests.Repl;

/// <summary>dotnet-repl as a user runs it: from the manifest of tools, in the notebook's folder.</summary>
public sealed class DotnetRepl : IAsyncLifetime
{
    /// <summary>On Debian 12, Unroll.TorchSharp would say in the notebook that it has mended TorchSharp's library.</summary>
    private static readonly Dictionary<string, string> Silently = new(StringComparer.Ordinal) { ["UNROLL_MEND_NATIVES"] = "1" };

    private readonly TempFolder _folder = new();
    private readonly Lazy<string> _withNewFSharpCore;
    private Command? _restore;

    /// <summary>Makes a place for what it writes.</summary>
    public DotnetRepl() => _withNewFSharpCore = new Lazy<string>(CopyWithNewFSharpCore);

    /// <summary>The version that the manifest of tools pins.</summary>
    private static string Version { get; } =
        (string)JsonNode.Parse(File.ReadAllText(Repository.PathOf(".config", "dotnet-tools.json")))!["tools"]!["dotnet-repl"]!["version"]!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _restore = await Command.DotNetAsync(Repository.Root, environment: null, "tool", "restore");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a notebook.</summary>
    /// <returns>The notebook as the tool wrote it.</returns>
    internal async Task<string> RunAsync(string notebook, params IEnumerable<string> program)
    {
        RequireTool();
        var written = _folder[$"{Guid.NewGuid():n}.ipynb"];
        string[] tool = [.. program];
        var run = await Command.DotNetAsync(
            Path.GetDirectoryName(notebook)!,
            Silently,
            [.. tool.Length > 0 ? tool : ["repl"], "--run", notebook, "--exit-after-run", "--output-format", "ipynb", "--output-path", written]);
        Assert.True(File.Exists(written), run.Printed);
        var json = await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken);
        foreach (var output in JsonNode.Parse(json)!["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]?.AsArray() ?? []))
            Assert.False((string?)output!["output_type"] == "error", output.ToJsonString());
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}: {run.Printed}");
        return json;
    }

    /// <summary>
    /// The tool with a newer FSharp.Core beside it, the tests' own: Plotly.NET needs 10.1, and the tool carries 10.0. A user
    /// copies the file into the tool's folder.
    /// </summary>
    internal string WithNewFSharpCore()
    {
        RequireTool();
        return _withNewFSharpCore.Value;
    }

    private string CopyWithNewFSharpCore()
    {
        var tool = Path.GetDirectoryName(Directory.GetFiles(Path.Combine(PackageFolder(), "tools"), "dotnet-repl.dll", SearchOption.AllDirectories).Single())!;
        var copy = _folder["repl"];
        foreach (var file in Directory.GetFiles(tool, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(tool, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        File.Copy(typeof(Microsoft.FSharp.Core.Unit).Assembly.Location, Path.Combine(copy, "FSharp.Core.dll"), overwrite: true);
        return Path.Combine(copy, "dotnet-repl.dll");
    }

    /// <summary>Where a restore has put the tool: one before, with another folder of packages, counts for later ones.</summary>
    private static string PackageFolder()
    {
        var usual = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string[] packages = [Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? usual, usual];
        return packages.Select(folder => Path.Combine(folder, "dotnet-repl", Version)).First(Directory.Exists);
    }

    private void RequireTool() => Need.Met(
        _restore!.ExitCode == 0, $"dotnet-repl cannot be restored: run `dotnet tool restore` where its package can be downloaded. {_restore.Printed}");
}
