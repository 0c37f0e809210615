using System.Xml.Linq;
using Unroll.Tests.Support;

namespace Unroll.Tests.ApiTests;

/// <summary>What the packages say of themselves; what is in them is looked into by .ci/packages.py.</summary>
public class PackageTests
{
    public static TheoryData<string> Projects() =>
        [.. Directory.GetDirectories(Lib, "Unroll*").Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    private static string Lib => Path.Combine(Repository.Root, "lib");

    [Theory]
    [MemberData(nameof(Projects))]
    public void Say_in_a_sentence_and_on_a_page_what_they_are(string project)
    {
        var description = XDocument.Load(Path.Combine(Lib, project, $"{project}.csproj")).Descendants("Description").Single().Value;
        Assert.InRange(description.Length, 40, 300);
        Assert.EndsWith(".", description, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(Lib, project, "README.md"));
        Assert.StartsWith("# ", page, StringComparison.Ordinal);
        Assert.Contains("\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Have_one_version_whose_changes_are_told()
    {
        string[] places =
        [
            .. Directory.GetFiles(Repository.Root, "Directory.*.props"),
            .. Directory.GetFiles(Lib, "*.props"),
            .. Directory.GetFiles(Lib, "*.csproj", SearchOption.AllDirectories),
        ];
        var version = Assert.Single(places.SelectMany(Versions)).Value;
        var newest = File.ReadLines(Path.Combine(Repository.Root, "docs", "changelog.md")).First(line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.StartsWith($"## {version}", newest, StringComparison.Ordinal);
    }

    /// <summary>Properties, and not the items of other packages.</summary>
    private static IEnumerable<XElement> Versions(string place) => XDocument.Load(place).Descendants()
        .Where(each => each.Name.LocalName is "Version" or "PackageVersion" or "VersionPrefix" && !each.HasAttributes);
}
