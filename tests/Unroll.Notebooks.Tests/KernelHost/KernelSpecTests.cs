using System.Diagnostics;
using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests.KernelHost;

/// <summary>The verbs install, list and remove, in a Jupyter that has nothing but what a test put there.</summary>
public sealed class KernelSpecTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Installing_writes_a_copy_a_logo_and_both_names()
    {
        var result = await KernelAsync("install");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal([$"installed {Spec("unroll-csharp")}", $"installed {Spec(".net-csharp")}"], result.Lines);
        foreach (var name in new[] { "unroll-csharp", ".net-csharp" })
        {
            var spec = JsonNode.Parse(File.ReadAllText(_folder["data", "kernels", name, "kernel.json"]))!;
            Assert.Equal(("message", "C#", ".NET (C#)"), ((string)spec["interrupt_mode"]!, (string)spec["language"]!, (string)spec["display_name"]!));
            var argv = spec["argv"]!.AsArray().Select(part => (string)part!).ToArray();
            Assert.Equal(["kernel", "run", "{connection_file}"], argv[^3..]);
            Assert.StartsWith(Spec("unroll-csharp"), argv[2], StringComparison.Ordinal);
            Assert.True(File.Exists(argv[2]), "the copy is not there");
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder["data", "kernels", name, "logo-64x64.png"])[..4]);
        }
    }

    [Fact]
    public async Task A_kernel_that_is_there_is_replaced_only_on_request()
    {
        await KernelAsync("install");

        var again = await KernelAsync("install");
        var replaced = await KernelAsync("install", "--replace");

        Assert.Equal((2, ""), (again.ExitCode, again.Output));
        Assert.Equal($"The kernel unroll-csharp is there already, in {Spec("unroll-csharp")}: use --replace, or another --name.", again.ErrorLines[0]);
        Assert.Equal(0, replaced.ExitCode);
        Assert.Equal(["unroll-csharp", ".net-csharp"], replaced.Lines.Select(Path.GetFileName));
    }

    [Fact]
    public async Task Another_kernel_of_the_old_name_is_left_alone()
    {
        var other = WriteForeign(".net-csharp");

        var installed = await KernelAsync("install", "--name", "mine", "--replace");
        var removed = await KernelAsync("remove", ".net-csharp");

        Assert.Equal([$"installed {Spec("mine")}"], installed.Lines);
        Assert.Equal(2, removed.ExitCode);
        Assert.Contains("was not installed by this program", removed.Error);
        Assert.True(File.Exists(other), "the other kernel is gone");
    }

    [Fact]
    public async Task A_prefix_is_an_environment()
    {
        var result = await KernelAsync("install", "--prefix", _folder["venv"]);

        var place = _folder["venv", "share", "jupyter", "kernels", "unroll-csharp"];
        Assert.Equal($"installed {place}", result.Lines[0]);
        Assert.True(File.Exists(Path.Combine(place, "kernel.json")), "no kernel.json");
        Assert.False(Directory.Exists(_folder["data", "kernels"]), "the user's folder was touched");
    }

    [Fact]
    public async Task Listing_marks_what_is_ours()
    {
        await KernelAsync("install");
        WriteForeign("python3");

        var result = await KernelAsync("list");

        Assert.Contains($"* unroll-csharp        {Spec("unroll-csharp")}", result.Lines);
        Assert.Contains($"  python3              {Spec("python3")}", result.Lines);
    }

    [Fact]
    public async Task Removing_takes_the_old_name_along_where_it_starts_the_same_copy()
    {
        await KernelAsync("install");

        var removed = await KernelAsync("remove", "unroll-csharp");
        var again = await KernelAsync("remove", "unroll-csharp");

        Assert.Equal([$"removed {Spec("unroll-csharp")}", $"removed {Spec(".net-csharp")}"], removed.Lines);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["data", "kernels"]));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("There is no kernel unroll-csharp in", again.Error);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("...")]
    [InlineData("a\n")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task A_name_that_is_not_valid_is_refused(string name)
    {
        var result = await KernelAsync("install", "--name", name);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("use letters, digits, dots, hyphens and underscores", result.Error);
        Assert.False(Directory.Exists(_folder["data"]), "something was written");
    }

    /// <summary>They would delete all kernels, or the whole of Jupyter's folder.</summary>
    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task A_name_of_dots_replaces_nothing(string name)
    {
        var other = WriteForeign("python3");
        var result = await KernelAsync("install", "--name", name, "--replace");
        Assert.Equal(2, result.ExitCode);
        Assert.True(File.Exists(other), "another kernel is gone");
    }

    [Fact]
    public async Task A_kernel_of_somebody_else_is_never_replaced()
    {
        var other = WriteForeign("theirs");
        Directory.CreateDirectory(Spec("no-spec"));
        File.WriteAllText(Path.Combine(Spec("no-spec"), "notes.txt"), "mine");

        foreach (var name in new[] { "theirs", "no-spec" })
        {
            var result = await KernelAsync("install", "--name", name, "--replace");
            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Equal(
                $"The kernel {name} in {Spec(name)} was not installed by this program, and is not replaced: choose another --name.", result.ErrorLines[0]);
        }

        Assert.True(File.Exists(other), "the other kernel is gone");
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Spec("no-spec"), "notes.txt")));
    }

    [Fact]
    public async Task What_an_install_that_was_killed_left_goes_with_the_next()
    {
        await KernelAsync("install");
        var left = _folder["data", "kernels", $".unroll-kernel.999999999.0123456789ab.tmp"];
        Directory.CreateDirectory(left);
        await KernelAsync("install", "--replace");
        Assert.Equal([Spec(".net-csharp"), Spec("unroll-csharp")], Directory.GetFileSystemEntries(_folder["data", "kernels"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task User_and_prefix_are_two_different_places()
    {
        var result = await KernelAsync("install", "--user", "--prefix", _folder["venv"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("use one of the two", result.Error);
    }

    private string Spec(string name) => _folder["data", "kernels", name];

    private string WriteForeign(string name)
    {
        Directory.CreateDirectory(Spec(name));
        var path = Path.Combine(Spec(name), "kernel.json");
        File.WriteAllText(path, """{"argv":["other"],"display_name":"Other","language":"other"}""");
        return path;
    }

    private async Task<CliResult> KernelAsync(params string[] arguments)
    {
        var start = HostCommand.Create(["kernel", .. arguments], _folder.Path);
        start.Environment["JUPYTER_DATA_DIR"] = _folder["data"];
        start.Environment.Remove("JUPYTER_PATH");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return await Cli.FinishAsync(process);
    }
}
