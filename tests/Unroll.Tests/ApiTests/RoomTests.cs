using System.Xml.Linq;
using Unroll.Rooms;
using Unroll.Tests.Support;

namespace Unroll.Tests.ApiTests;

/// <summary>Code refers only downwards: from project to project, and from folder to folder within one.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["Unroll"] = [],
        ["Unroll.Figures"] = [],
        ["Unroll.Pictures"] = ["Unroll", "Unroll.Figures"],
    };

    /// <summary>The folders of each project, the lowest first: each may see those before it.</summary>
    private static readonly Dictionary<string, string[]> Orders = new(StringComparer.Ordinal)
    {
        ["Unroll"] = ["Compute", "Views", "Tensors", "Initializers", "Regularizers", "Constraints", "Layers", "Training", "Models", "."],
        ["Unroll.Figures"] = ["Plotly", "Svg", "Scene", "Views", "."],
        ["Unroll.Pictures"] = ["Network", "Looks", "."],
    };

    public static TheoryData<string> Names() => [.. Projects.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_folder_sees_only_those_below_it(string project)
    {
        var (folder, order) = (Folder(project), Orders[project]);
        var rooms = order.Select((room, i) => (room, Below: order[..i])).ToDictionary(pair => pair.room, pair => pair.Below, StringComparer.Ordinal);
        Assert.Empty(RoomCheck.Unknown(folder, rooms));
        Assert.Empty(RoomCheck.Violations(folder, rooms, References(project)));
    }

    [Fact]
    public void A_reference_upwards_is_found_with_its_file_and_symbol()
    {
        const string Project = "Unroll.Pictures";
        var blind = Orders[Project].ToDictionary(room => room, _ => Array.Empty<string>(), StringComparer.Ordinal);
        var found = RoomCheck.Violations(Folder(Project), blind, References(Project));
        Assert.Contains(found, line => line.StartsWith("ModelPictures.cs(", StringComparison.Ordinal)
            && line.EndsWith($"HistoryFigure is in {Path.Combine("Looks", "HistoryFigure.cs")}, and . may not see Looks", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_project_refers_only_to_those_below_it(string project)
    {
        var references = XDocument.Load(Path.Combine(Folder(project), $"{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(Projects[project], references.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void The_library_needs_one_package() => Assert.Equal(
        ["System.Numerics.Tensors"],
        Projects.Keys.SelectMany(project => XDocument.Load(Path.Combine(Folder(project), $"{project}.csproj")).Descendants("PackageReference"))
            .Select(reference => reference.Attribute("Include")!.Value),
        StringComparer.Ordinal);

    private static IEnumerable<string> References(string project) =>
        [typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location, .. Projects[project].Select(name => Path.Combine(AppContext.BaseDirectory, $"{name}.dll"))];

    private static string Folder(string project) => Path.Combine(Repository.Root, "lib", project);
}
