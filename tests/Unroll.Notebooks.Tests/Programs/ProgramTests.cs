using System.Diagnostics;
using System.Text;
using NuGet.Versioning;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Programs;
using Unroll.Notebooks.Tests.Lessons;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Programs;

/// <summary>Notebooks become programs of one file.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> LeftOut => new()
    {
        { "#!fsharp\nlet x = 1", "it is in fsharp, and a program is C#" },
        { "1\n#!fsharp\nlet x = 1", "it is in fsharp, and a program is C#" },
        { "#!value --name v\ntext", "it is in value, and a program is C#" },
        { "1\n#!value --name v\ntext", "#!value is for the notebook's host" },
        { "#!time\nvar x = 1;", "#!time is for the notebook's host" },
        { "1\n#!html\n<b>x</b>", "it shows html, and a console does not" },
        { "HTML(\"<b>x</b>\")", "line 1 uses HTML of the notebook's host, which a program does not have" },
        { "var x = 1;\nx.Display(\"text/html\");", "line 2 uses Display of the notebook's host, which a program does not have" },
        { "#load \"other.csx\"", "it loads other.csx, and a program is one file" },
        { "#r \"nowhere/Missing.dll\"", "it refers to nowhere/Missing.dll; a program refers to projects and packages" },
        { "#r \"nuget: \"", "is not understood" },
        { "return 1;", "it returns, which would end the program and not the cell" },
        { "int Half { get; set; }", "a program's statements cannot have a member like int Half { get; set; }" },
        { "var x = ;", "it is not C#: line 1" },
    };

    public void Dispose() => _folder.Dispose();

    /// <summary>Each cell prints what shows that its names mean the same as in the notebook.</summary>
    [Fact]
    public async Task A_program_prints_what_the_notebook_does()
    {
        var notebook = new NotebookBuilder()
            .Markdown("# Title\n\nText with */ and // in it.")
            .Code("using System.Text.Json;\nvar x = 1; // one\nint later;\npublic static int Twice(int n) => 2 * n;\nlater = Twice(x);\nConsole.WriteLine($\"{x} {later}\");")
            .Code("var x = 2.5;\nvar (a, b) = (x, later);\nConsole.WriteLine($\"{x} {a} {b} {nameof(x)} {new { x }} {(x, later).x}\");\nx")
            .Code("for (var number = 0; number < 1; number++) { }\nforeach (var x in new[] { 7, 8 })\n    Console.Write(x);\nfor (var a = 0; a < 1; a++) { var later = a; Console.WriteLine(later); }")
            .Code("Func<int, int> f = x => x + 1;\nf(1)")
            .Code("record Point(int X) { public Point Moved() => new Point(X + 1); }\nnew Point(3).Moved()")
            .Code("class Point { public Point(string name) => Name = name; public string Name { get; } }\nnew Point(\"p\").Name")
            .Code("static string Shout(this string text) => text.ToUpperInvariant();\n\"loud\".Shout()")
            .Code("int Twice(int n) => 20 * n;\nConsole.WriteLine(Twice(2))")
            .Code("display(new[] { 1, 2 });\nx.Display();\nvar shown = display(\"one\");\nshown.Update(\"two\");")
            .Code("await Task.Yield();\nif (int.TryParse(\"12\", out var number)) Console.WriteLine(number);\nvar args = number + 1;\nargs")
            .Code("var number = number2().ToString();\nint number2() => 5;\nJsonSerializer.Serialize(new { number })")
            .Code("from x in new[] { 1, 2, 3 } where x > 1 select x * later")
            .Code("(string)null");
        var (program, losses) = Convert(notebook);
        Assert.True(losses.Count == 0, string.Join("\n", losses));
        Assert.Equal(
            [
                "1 2", "2.5 2.5 2 x { x = 2.5 } 2.5", "2.5", "780", "2", "Point { X = 4 }", "p", "LOUD", "40", "[ 1, 2 ]", "2.5", "one", "two", "12", "13",
                "{\"number\":\"5\"}", "[ 4, 6 ]", "null",
            ],
            await RunAsync(program));
    }

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void What_a_program_cannot_say_is_named_and_stays_as_a_comment(string cell, string why)
    {
        var (program, losses) = Convert(new NotebookBuilder().Code("var before = 1;").Code(cell).Code("before"));
        var loss = Assert.Single(losses);
        Assert.StartsWith("cell 2 is left out: ", loss, StringComparison.Ordinal);
        Assert.Contains(why, loss, StringComparison.Ordinal);
        Assert.Contains($"// {cell.Split('\n')[^1]}", program, StringComparison.Ordinal);
        Assert.Contains("Notebook.Display(before);", program, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_and_their_sources_go_to_the_top_and_names_are_known_without_them()
    {
        var (program, losses) = Convert(new NotebookBuilder()
            .Code("#i \"nuget: ./feed\"\n#r \"nuget: Some.Charts, 1.2.3\"\n#r \"nuget:Other\"\nusing Some.Charts;")
            .Code("var chart = Chart.Line(new[] { 1, 2 });\nchart.Save(file: \"a\", Chart.Big)")
            .Code("var chart = Chart.Bar(new Bars { chart = 3 });\nchart"));
        Assert.Empty(losses);
        Assert.StartsWith("#:package Some.Charts@1.2.3\n#:package Other@*\n", program, StringComparison.Ordinal);
        Assert.Contains("#:property RestoreAdditionalProjectSources=./feed\n", program, StringComparison.Ordinal);
        Assert.Contains("Notebook.Display(() => chart.Save(file: \"a\", Chart.Big));", program, StringComparison.Ordinal);
        Assert.Contains("var chart2 = Chart.Bar(new Bars { chart = 3 });\nNotebook.Display(chart2);", program, StringComparison.Ordinal);
    }

    /// <summary>Packages come from a folder, so that nothing is asked of a server.</summary>
    [Fact]
    public async Task A_program_with_packages_runs_in_a_repository_with_central_versions()
    {
        var library = typeof(SemanticVersion).Assembly.Location;
        new PackageFeed(_folder["feed"]).Add("Some.Words", "1.2.3", "", ($"lib/net10.0/{Path.GetFileName(library)}", File.ReadAllBytes(library)));
        Write("nuget.config", "<configuration><packageSources><clear /><add key=\"feed\" value=\"feed\" /></packageSources>" +
            "<config><add key=\"globalPackagesFolder\" value=\"packages\" /></config></configuration>");
        Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>" +
            "<ItemGroup><GlobalPackageReference Include=\"Not.There\" Version=\"1.0.0\" /></ItemGroup></Project>");
        Write("Directory.Build.props", "<Project><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup></Project>");
        var (program, losses) = Convert(new NotebookBuilder().Code("#r \"nuget: Some.Words, 1.2.3\"\nusing NuGet.Versioning;").Code("new SemanticVersion(4, 5, 6)"));
        Assert.Empty(losses);
        Assert.Empty(ProgramWriter.Remarks(program, _folder["program.cs"]));
        Assert.Equal(["4.5.6"], await RunAsync(program));
    }

    [Fact]
    public async Task A_package_that_a_repository_adds_without_a_version_is_said_where_it_is_in_the_way()
    {
        Write("Directory.Build.props", "<Project><ItemGroup><PackageReference Include=\"Some.Rules\" PrivateAssets=\"all\" />" +
            "<PackageReference Include=\"With.Version\" Version=\"1.0.0\" /></ItemGroup></Project>");
        new NotebookBuilder().Code("#r \"nuget: Some.Words, 1.2.3\"").Save(_folder.Path, "a.ipynb");
        using var process = Cli.StartVerb(_folder.Path, "convert", "a.ipynb", "a.cs");
        var result = await Cli.FinishAsync(process);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            $"a.ipynb: {_folder["Directory.Build.props"]} adds Some.Rules without a version to the program, which cannot be built then (NU1015): " +
            "make it a GlobalPackageReference in Directory.Packages.props, or write the program to another folder\n",
            result.Error);

        Assert.Empty(ProgramWriter.Remarks("#:property PublishAot=false\n", _folder["a.cs"]));
        Assert.Empty(RepositoryPackages.Remarks(Path.Combine(LessonRun.Root, "notebooks", "lesson.cs")));
    }

    [Fact]
    public void Tagged_cells_do_not_end_the_program()
    {
        var (program, losses) = Convert(new NotebookBuilder().Code("throw new Exception();", "raises-exception").Code("throw new Exception();", "skip-execution"));
        Assert.Equal(["cell 1 is left out: it is tagged raises-exception, and its error would end the program"], losses);
        Assert.DoesNotContain("\nthrow", program, StringComparison.Ordinal);
    }

    [Fact]
    public void What_compiles_in_a_notebook_alone_is_found()
    {
        var (_, losses) = Convert(new NotebookBuilder().Code("int F() => y;\nint y = 3;\nF()"));
        Assert.Equal(["cell 1 does not compile in a program: CS0841: Cannot use local variable 'y' before it is declared"], losses.Distinct());
    }

    [Fact]
    public async Task Every_lesson_becomes_a_program_and_the_command_says_so()
    {
        Assert.All(Directory.GetFiles(Path.Combine(LessonRun.Root, "notebooks"), "*.ipynb"), path =>
            Assert.Empty(ProgramWriter.Write(NotebookReader.Read(path, path), Path.ChangeExtension(path, ".cs")).Losses));

        new NotebookBuilder().Code("#!time\n1").Save(_folder.Path, "a.ipynb");
        using var process = Cli.StartVerb(_folder.Path, "convert", "a.ipynb", "a.cs");
        var result = await Cli.FinishAsync(process);
        Assert.Equal((1, "a.cs: 1 cell from a.ipynb\n"), (result.ExitCode, result.Output));
        Assert.Equal("a.ipynb: cell 1 is left out: #!time is for the notebook's host\n", result.Error);
    }

    private (string Text, IReadOnlyList<string> Losses) Convert(NotebookBuilder notebook)
    {
        var path = notebook.Save(_folder.Path, "notebook.ipynb");
        return ProgramWriter.Write(NotebookReader.Parse(Encoding.UTF8.GetBytes(notebook.ToString()), path, "notebook.ipynb"), Path.ChangeExtension(path, ".cs"));
    }

    private void Write(string name, string text) => File.WriteAllText(_folder[name], text);

    private async Task<string[]> RunAsync(string program)
    {
        var file = Path.Combine(_folder.Path, "program.cs");
        await File.WriteAllTextAsync(file, program, TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", file])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var result = await Cli.FinishAsync(process);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result.Lines;
    }
}
