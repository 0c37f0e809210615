using Unroll.Notebooks.Commands;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>The verb <c>lessons</c>, as an installed tool runs it.</summary>
public sealed class LessonsVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public LessonsVerbTests()
    {
        Write(["tool", "notebooks", "one.ipynb"], "new");
        Write(["tool", "notebooks", "exercises", "two.ipynb"], "new");
        Write(["tool", "artifacts", "lib", "Unroll.dll"], "new");
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Lessons_are_laid_out_as_in_a_clone()
    {
        Assert.Equal(ExitCode.Passed, LessonsVerb.Run(_folder["tool"], _folder["class"], _output, _errors));
        Assert.Equal($"{_folder["class"]}: 2 notebooks written\n", _output.ToString().ReplaceLineEndings("\n"));
        Assert.Equal("new", File.ReadAllText(_folder["class", "notebooks", "exercises", "two.ipynb"]));
        Assert.Equal("new", File.ReadAllText(_folder["class", "artifacts", "lib", "Unroll.dll"]));
    }

    [Fact]
    public void A_notebook_that_is_there_is_somebodys_work_and_a_library_is_not()
    {
        Write(["class", "notebooks", "one.ipynb"], "mine");
        Write(["class", "artifacts", "lib", "Unroll.dll"], "old");
        Assert.Equal(ExitCode.Passed, LessonsVerb.Run(_folder["tool"], _folder["class"], _output, _errors));
        Assert.EndsWith(": 1 notebook written, 1 already there", _output.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder["class", "notebooks", "one.ipynb"]));
        Assert.Equal("new", File.ReadAllText(_folder["class", "artifacts", "lib", "Unroll.dll"]));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_said()
    {
        Write(["class"], "a file");
        Assert.Equal(ExitCode.BadInput, LessonsVerb.Run(_folder["tool"], _folder["class"], _output, _errors));
        Assert.StartsWith($"{_folder["class"]} cannot be written: ", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_of_a_clone_has_none_beside_it_and_says_where_they_are()
    {
        using var process = Cli.StartVerb(_folder.Path, "lessons");
        var run = await Cli.FinishAsync(process);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("a clone has them in notebooks/", run.Error, StringComparison.Ordinal);
    }

    private void Write(string[] path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], text);
    }
}
