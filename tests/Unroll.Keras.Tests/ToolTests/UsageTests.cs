using System.Diagnostics;

namespace Unroll.Keras.Tests.ToolTests;

/// <summary>The words of the command line, exit codes, and what becomes of files.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Help_tells_the_options_the_exit_codes_and_examples()
    {
        var help = Bench.Fine("--help").Output;
        foreach (var word in (string[])
            ["<FILE>", "--svg", "--mermaid", "--to", "--predict", "--output", "--batch-size", "--quiet", "Exit codes: 0", "2 wrong usage", "Examples:"])
        {
            Assert.Contains(word, help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Version_is_told() => Assert.Matches("^\\d+\\.\\d+", Bench.Fine("--version").Output);

    [Fact]
    public void Words_that_mean_nothing_are_wrong_usage()
    {
        var (_, path) = _bench.Plain();
        Bench.Refused(2, [], "Run with --help");
        Bench.Refused(2, ["--nothing"], "There is no option --nothing");
        Bench.Refused(2, [path, "--nothing"], "--nothing");
        Bench.Refused(2, [path, path], "Unrecognized");
        Bench.Refused(2, ["--mermaid", path], "--mermaid took", "name FILE first");
        Bench.Refused(2, [path, "--svg", "net.png"], "--svg net.png: the name must end in .svg");
        Bench.Refused(2, [path, "--mermaid", "net.txt"], "must end in .mmd or .md");
        Bench.Refused(2, [path, "--predict", "x.xlsx"], "--predict x.xlsx: the name must end in .csv, .npy or .npz");
        Bench.Refused(2, [path, "--predict", "x.csv", "--output", "y.txt"], "--output y.txt");
        Bench.Refused(2, [path, "--output", "y.csv"], "give --predict DATA too");
        Bench.Refused(2, [path, "--batch-size", "4"], "give --predict DATA too");
        Bench.Refused(2, [path, "--predict", "x.csv", "--batch-size", "0"], "--batch-size needs a whole number above 0; got \"0\"");
        Bench.Refused(2, [path, "--predict", "x.csv", "--batch-size", "many"], "got \"many\"");
        Bench.Refused(2, [path, "--predict", "x.csv", "--mermaid"], "both print");
    }

    [Fact]
    public void What_is_read_is_not_overwritten_and_no_file_is_written_twice()
    {
        var (_, path) = _bench.Plain();
        var before = File.ReadAllBytes(path);
        var data = _bench.Text("x.csv", "1,2,3\n");
        var around = Path.Combine(Path.GetDirectoryName(path)!, "..", Path.GetFileName(Path.GetDirectoryName(path)!), "plain.keras");
        Bench.Refused(2, [path, "--to", path], "would overwrite", "name another file");
        Bench.Refused(2, [path, "--to", around], "would overwrite");
        Bench.Refused(2, [path, "--predict", data, "--output", data], "--output", "would overwrite");
        Bench.Refused(2, [path, "--predict", _bench["x.npz"], "--to", _bench["y.npz"], "--output", _bench["y.npz"]], "--to and --output name the same file");
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal("1,2,3\n", File.ReadAllText(data));
    }

    [Fact]
    public void A_link_to_what_is_read_is_not_overwritten_either()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        var (_, path) = _bench.Plain();
        File.CreateSymbolicLink(_bench["link.keras"], path);
        Bench.Refused(2, [path, "--to", _bench["link.keras"]], "would overwrite");
    }

    [Fact]
    public void Nothing_is_written_when_one_of_the_things_asked_for_fails()
    {
        var (_, path) = _bench.Plain();
        _bench.Text("old.svg", "old");
        var data = _bench.Text("x.csv", "1,2\n");
        string[] drawn = ["--svg", _bench["old.svg"], "--mermaid", _bench["net.mmd"]];
        Bench.Refused(1, [path, .. drawn, "--to", _bench["m.onnx"], "--predict", data], "x.csv has 2 columns");
        Assert.Equal(["old.svg", "plain.keras", "x.csv"], _bench.Files);
        Assert.Equal("old", File.ReadAllText(_bench["old.svg"]));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_and_no_draft_stays()
    {
        var (_, path) = _bench.Plain();
        _bench.Text("net.svg", "old");
        Bench.Fine(path, "--svg", _bench["net.svg"], "--to", _bench["m.onnx"], "--mermaid", _bench["net.mmd"]);
        Assert.Equal(["m.onnx", "net.mmd", "net.svg", "plain.keras"], _bench.Files);
        Assert.StartsWith("<svg", File.ReadAllText(_bench["net.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Places_that_cannot_be_written_are_refused()
    {
        var (_, path) = _bench.Plain();
        Directory.CreateDirectory(_bench["folder.svg"]);
        Bench.Refused(1, [path, "--svg", _bench["folder.svg"]], "folder.svg is a folder");
        Bench.Refused(1, [path, "--svg", Path.Combine(_bench["none"], "net.svg")], "net.svg cannot be written: there is no folder", "Make it first");
        Bench.Refused(1, [path, "--svg", _bench[$"{new string('n', 300)}.svg"]], ".svg cannot be written: ");
    }

    [Fact]
    public async Task It_runs_as_a_program_of_its_own()
    {
        var (_, path) = _bench.Plain();
        string[] words = [Path.Combine(AppContext.BaseDirectory, "unroll-model.dll"), path, "--predict", _bench.Text("x.csv", "1;2\n")];
        using var program = Process.Start(new ProcessStartInfo("dotnet", words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("x.csv, line 1: the fields are separated by semicolons", await errors, StringComparison.Ordinal);
        Assert.Equal(1, program.ExitCode);
    }
}
