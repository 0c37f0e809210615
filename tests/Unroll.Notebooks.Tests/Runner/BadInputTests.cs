using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>What cannot be run: a line for each, exit code 2, nothing executed and nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<string[]> RefusedAsync(params string[] arguments)
    {
        var result = await Cli.RunAsync(_folder.Path, arguments);
        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
        Assert.False(Directory.Exists(_folder["artifacts"]));
        return result.ErrorLines;
    }

    [Fact]
    public async Task Every_bad_file_that_is_named_has_its_line_and_no_good_one_runs()
    {
        var notebooks = _folder["notebooks"];
        new NotebookBuilder().Code("1").Save(notebooks, "a-good.ipynb");
        new NotebookBuilder().Code("1").Code("2").With(cell => cell["cell_type"] = "heading").Save(notebooks, "c-type.ipynb");
        await File.WriteAllTextAsync(_folder["notebooks", "d-json.ipynb"], "{\n  \"cells\": [,]\n}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["notebooks", "e-old.ipynb"], "{\"nbformat\":3,\"nbformat_minor\":0}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["notebooks", "f.dib"], "#!meta\n{\"kernelInfo\":\"x\"}\n#!csharp\n1\n", TestContext.Current.CancellationToken);
        var lines = await RefusedAsync([.. Directory.GetFiles(notebooks).Order(StringComparer.Ordinal)]);
        Assert.Equal(4, lines.Length);
        Assert.Equal("notebooks/c-type.ipynb: cell 2 has cell_type \"heading\"; expected code, markdown or raw", lines[0]);
        Assert.StartsWith("notebooks/d-json.ipynb(2,13): not JSON: ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("notebooks/e-old.ipynb: notebook format 3", lines[2], StringComparison.Ordinal);
        Assert.Equal("notebooks/f.dib: \"kernelInfo\" after #!meta is not an object", lines[3]);
    }

    [Fact]
    public async Task Paths_that_are_not_there_or_hold_no_notebook()
    {
        Directory.CreateDirectory(_folder["empty"]);
        await File.WriteAllTextAsync(_folder["a.txt"], "", TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "gone.ipynb: no such file or folder", "empty: no notebook (*.ipynb) in this folder",
                "a.txt: not a notebook: expected a file that ends in .ipynb or .dib",
            ],
            await RefusedAsync("gone.ipynb", "empty", "a.txt"));
    }

    [Theory]
    [InlineData("--check")]
    [InlineData("--in-place")]
    public async Task A_dib_file_has_no_outputs_to_compare_with_or_to_replace(string option)
    {
        await File.WriteAllTextAsync(_folder["a.dib"], "1", TestContext.Current.CancellationToken);
        Assert.Equal(
            ["a.dib: a .dib file holds no outputs: run it without --check and --in-place, or convert it to .ipynb"],
            await RefusedAsync("a.dib", option));
    }

    [Fact]
    public async Task No_folder_of_notebooks() => Assert.Equal(
        [$"no folder \"notebooks\" in {_folder.Path} or above it: name a notebook or a folder to run"], await RefusedAsync());

    [Fact]
    public async Task Two_notebooks_for_one_copy()
    {
        new NotebookBuilder().Code("1").Save(_folder["a"], "same.ipynb");
        new NotebookBuilder().Code("1").Save(_folder["b"], "same.ipynb");
        Assert.Equal(
            ["a/same.ipynb and b/same.ipynb would both be written to artifacts/notebooks/same.ipynb: run them apart, with an --output each"],
            await RefusedAsync("a", "b"));
    }

    [Fact]
    public async Task A_copy_over_the_notebook_itself()
    {
        new NotebookBuilder().Code("1").Save(_folder["notebooks"], "a.ipynb");
        Assert.Equal(
            ["notebooks/a.ipynb would be written over itself: use --in-place for that, or another --output"],
            await RefusedAsync("--output", "notebooks"));
    }

    [Theory]
    [InlineData("--check compares with the outputs in the files and --in-place replaces them: use one of the two.", "--check", "--in-place")]
    [InlineData("--output writes copies and --in-place writes none: use one of the two.", "--output", "x", "--in-place")]
    [InlineData("--timeout needs a number of seconds above 0 and up to 1000000; got \"-1\".", "--timeout", "-1")]
    [InlineData("--timeout needs a number of seconds above 0 and up to 1000000; got \"soon\".", "--timeout", "soon")]
    [InlineData("--parallel needs a whole number from 1 to 64; got \"0\".", "--parallel", "0")]
    [InlineData("--shard needs I/N, such as 2/8, with I from 1 to N and N up to 1000; got \"0/8\".", "--shard", "0/8")]
    [InlineData("--shard needs I/N, such as 2/8, with I from 1 to N and N up to 1000; got \"9/8\".", "--shard", "9/8")]
    [InlineData("--shard needs I/N, such as 2/8, with I from 1 to N and N up to 1000; got \"1/1001\".", "--shard", "1/1001")]
    [InlineData("--shard needs I/N, such as 2/8, with I from 1 to N and N up to 1000; got \"x\".", "--shard", "x")]
    [InlineData("--shard needs I/N, such as 2/8, with I from 1 to N and N up to 1000; got \"1/2/3\".", "--shard", "1/2/3")]
    [InlineData("--shard needs I/N, such as 2/8, with I from 1 to N and N up to 1000; got \"-1/2\".", "--shard=-1/2")]
    [InlineData("--times makes the parts of --shard equal, and there is no --shard: use both, or neither.", "--times", "a.xml")]
    [InlineData("--parameters gives a C# variable its value, and \"x y\" is not a name of one", "-p", "x y=1")]
    [InlineData("--parameters gives x more than one value.", "-p", "x=1", "-p", "x=2")]
    [InlineData("--parameters would write its values into the notebook with --in-place: use --output for a copy.", "-p", "x=1", "--in-place")]
    [InlineData("--parameters changes what cells show and --check compares it with the file: use one of the two.", "-p", "x=1", "--check")]
    public async Task Options_that_make_no_sense(string line, params string[] arguments) => Assert.Equal(
        [line, "Run with --help to see the options."], await RefusedAsync(arguments));

    [Fact]
    public async Task The_help_shows_examples_and_limits()
    {
        var help = await Cli.RunAsync(_folder.Path, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("run --check --trx artifacts/results.trx", help.Output, StringComparison.Ordinal);
        Assert.Contains("to 0.0001 of their size plus 0.000001", help.Output, StringComparison.Ordinal);
        Assert.Contains("4,000,000 characters", help.Output, StringComparison.Ordinal);
        Assert.Contains("[default: 60]", help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("session", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_a_file_is_said_before_anything_runs()
    {
        new NotebookBuilder().Code("1").Save(_folder["notebooks"], "a.ipynb");
        await File.WriteAllTextAsync(_folder["blocked"], "a file", TestContext.Current.CancellationToken);
        Assert.Equal(["blocked is a file: executed copies need a folder, so name another --output"], await RefusedAsync("--output", "blocked"));
    }

    [Theory]
    [InlineData("--chek", "There is no option --chek. Did you mean --check?")]
    [InlineData("--in-palce=x", "There is no option --in-palce. Did you mean --in-place?")]
    [InlineData("--param", "There is no option --param. Did you mean --parameters?")]
    [InlineData("--something-else", "There is no option --something-else.")]
    public async Task An_unknown_option_is_not_taken_for_a_file(string option, string line) =>
        Assert.Equal([line, "Run with --help to see the options."], await RefusedAsync(option));
}
