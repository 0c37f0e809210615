using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>What <c>#r "nuget: …"</c> and <c>#i</c> do.</summary>
public sealed class PackageTests(PackageScenario scenario) : IClassFixture<PackageScenario>
{
    [Fact]
    public void All_packages_are_found() => Assert.True(scenario.First.ExitCode == 0, scenario.First.Output + scenario.First.Error);

    [Theory]
    [InlineData("floating", "Packages: Unroll.Test.Upper, 1.0.0", "lower 2.0.0.0")]
    [InlineData("loaded", "Packages: Unroll.Test.Loaded, 1.0.0", "loaded")]
    [InlineData("source", "Packages: Unroll.Test.More, 1.0.0", "Thing")]
    [InlineData("platforms", "Packages: Unroll.Test.Platforms, 1.0.0", "Thing")]
    [InlineData(
        "other version asked for",
        "Packages: Unroll.Test.Sparse, 1.2.0\nAsked for was Unroll.Test.Sparse (>= 1.0.0), but Unroll.Test.Sparse 1.0.0 was not found. Unroll.Test.Sparse 1.2.0 was resolved instead.",
        "Thing")]
    [InlineData(
        "native",
        "Packages: Unroll.Test.Native, 1.0.0; Unroll.Test.Extension, 1.0.0\nUnroll.Test.Extension brings an extension of .NET Interactive, which this host does not load; its types are there.",
        "True")]
    public void A_package_is_shown_and_used(string cell, string shown, string value)
    {
        var outputs = scenario[cell].Shown;
        Assert.Equal([$"display_data text/plain: {shown}", $"execute_result text/plain: {value}"], outputs.Skip(1));
    }

    [Theory]
    [InlineData("later cell", "lower 2.0.0.0")]
    [InlineData("again", "1")]
    [InlineData("native from a cell", "True")]
    public void What_is_there_is_not_shown_again(string cell, string value) =>
        Assert.Equal([$"execute_result text/plain: {value}"], scenario[cell].Shown);

    [Theory]
    [InlineData("missing", "Unroll.Test.Nowhere, 1.0.0 cannot be restored. Unable to find package Unroll.Test.Nowhere. No packages exist with this id in source(s): beside the notebook (NU1101)")]
    [InlineData("missing version", "Unroll.Test.Many, 9.0.0 cannot be restored. Unable to find package Unroll.Test.Many with version (>= 9.0.0) Found 2 version(s) in beside the notebook [ Nearest version: 2.0.0 ] (NU1102)")]
    [InlineData("second version", "Unroll.Test.Upper, 2.0.0 cannot be loaded: the session has 1.0.0 already, and holds one version of a package. Restart it to change the version.")]
    [InlineData("twice", "The cell asks for Unroll.Test.Many more than once: 1.0.0 and 2.0.0. Keep one of them.")]
    [InlineData("no folder", "#i names the folder ./nowhere, which is not there.")]
    [InlineData("no name", "#r \"nuget:\" is not understood. Expected #r \"nuget: Name, Version\" or #r \"nuget: Name\".")]
    public void A_failure_says_which_package_and_why(string cell, string message) =>
        Assert.Equal(("DirectiveError", message), scenario[cell].Error);

    [Fact]
    public void A_package_that_needs_a_newer_version_of_one_that_is_loaded_names_both_and_the_way_out() => Assert.Equal(
        ("DirectiveError", "Unroll.Test.NeedsNewer, 1.0.0 cannot be restored: it needs Unroll.Test.Lower 3.0.0, where the session has 2.0.0 already. A session "
            + "holds one version of a package: restart it, and put this #r first, or ask for all packages in one cell."),
        scenario["conflict"].Error);

    [Fact]
    public void An_assembly_that_is_loaded_and_too_old_is_named_with_both_versions_and_the_way_out() => Assert.Equal(
        ("DirectiveError", "Unroll.Test.Old, 2.0.0 has version 2.0.0.0 of the assembly Unroll.Test.Old, and the session has loaded 1.0.0.0 already, which cannot "
            + "be replaced. Restart the session, and put this #r before the cell that loaded it."),
        scenario["loaded older"].Error);

    [Fact]
    public void The_native_libraries_of_all_packages_lie_in_one_folder() =>
        Assert.Equal(["execute_result text/plain: True"], scenario["natives lie together"].Shown);

    [Fact]
    public void What_depends_on_NET_Interactive_finds_the_hosts_own_types_and_cells_have_one_of_each()
    {
        Assert.Equal(
            [
                "display_data text/plain: Packages: Unroll.Test.Interactive, 1.0.0\nMicrosoft.DotNet.Interactive is not loaded: this host stands in for it, "
                + "and Kernel, Formatter, PocketView and display are its own.",
                "execute_result text/plain: version 3",
            ],
            scenario["interactive"].Shown.Skip(1));
        Assert.Equal(["execute_result text/html: <b>a thing</b>"], scenario["value of an extension"].Shown);
    }

    [Fact]
    public void The_second_time_no_source_is_asked()
    {
        Assert.True(scenario.Second.ExitCode == 0, scenario.Second.Output + scenario.Second.Error);
        Assert.Equal("execute_result text/plain: True", scenario.SecondNotebook.Cells[0].Shown[^1]);
    }

    [Fact]
    public async Task Packages_of_the_machines_own_sources_run_with_their_native_libraries()
    {
        using var folder = new TempFolder();
        new NotebookBuilder()
            .Code("""
                #r "nuget: Newtonsoft.Json, 13.0.1"
                #r "nuget: SQLitePCLRaw.lib.e_sqlite3, 2.0.6"
                Newtonsoft.Json.JsonConvert.SerializeObject(new { A = 1 })
                """)
            .Code("""
                using System.Runtime.InteropServices;
                static class Own { [DllImport("e_sqlite3")] public static extern IntPtr sqlite3_libversion(); }
                Marshal.PtrToStringAnsi(Own.sqlite3_libversion()).Split('.')[0]
                """)
            .Save(folder["notebooks"], "real.ipynb");
        var result = await Cli.RunAsync(folder.Path, folder["data"], []);
        Assert.SkipWhen(
            result.Output.Contains("(NU11", StringComparison.Ordinal) || result.Output.Contains("(NU1301)", StringComparison.Ordinal),
            $"No source of this machine has the packages: {result.Output}");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var cells = new ExecutedNotebook(folder["artifacts", "notebooks", "real.ipynb"]).Cells;
        Assert.Equal("execute_result text/plain: {\"A\":1}", cells[0].Shown[^1]);
        Assert.Equal("execute_result text/plain: 3", cells[1].Shown[^1]);
    }
}
