using Unroll.Guests.Tests.Support;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>The appendix of lesson 8, which asks for ONNX Runtime by <c>#r "nuget: …"</c>.</summary>
public sealed class AppendixTests(OurHost host)
{
    [Fact]
    public async Task Shows_what_it_is_committed_with()
    {
        var committed = await File.ReadAllTextAsync(Repository.OnnxAppendix, TestContext.Current.CancellationToken);
        CellOutputs.AssertEqual(CellOutputs.OfNotebook(committed), await host.RunAsync(Repository.OnnxAppendix));
    }

    [Fact]
    public void Asks_for_the_version_that_the_tests_run() =>
        Assert.Contains($"#r \"nuget: Microsoft.ML.OnnxRuntime, {Version}\"", new LessonCells(Repository.OnnxAppendix).Codes, StringComparer.Ordinal);

    /// <summary>The version that Directory.Packages.props pins.</summary>
    private static string Version { get; } = System.Xml.Linq.XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(package => (string?)package.Attribute("Include") == "Microsoft.ML.OnnxRuntime").Attribute("Version")!.Value;
}
