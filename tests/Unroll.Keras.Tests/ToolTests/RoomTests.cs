using System.Xml.Linq;
using Unroll.Rooms;
using Unroll.Tests.Support;

namespace Unroll.Keras.Tests.ToolTests;

/// <summary>The tool's code refers only downwards, and the tool and the host do not know each other.</summary>
public sealed class RoomTests
{
    private static readonly string[] Order = ["Files", "Tables", "Inspecting", "Predicting", "Converting", "Commands"];

    private static string Folder => Path.Combine(Repository.Root, "lib", "Unroll.ModelTool");

    private static IEnumerable<string> Assemblies => ((string[])["Unroll", "Unroll.Keras", "Unroll.Pictures", "System.CommandLine"])
        .Select(name => Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));

    [Fact]
    public void A_folder_sees_only_those_below_it()
    {
        var rooms = Order.Select((room, i) => (room, Below: Order[..i])).ToDictionary(pair => pair.room, pair => pair.Below, StringComparer.Ordinal);
        Assert.Empty(RoomCheck.Unknown(Folder, rooms));
        Assert.Empty(RoomCheck.Violations(Folder, rooms, Assemblies));
    }

    [Fact]
    public void A_reference_upwards_is_found()
    {
        var blind = Order.ToDictionary(room => room, _ => Array.Empty<string>(), StringComparer.Ordinal);
        Assert.Contains(
            RoomCheck.Violations(Folder, blind, Assemblies),
            line => line.StartsWith(Path.Combine("Tables", "CsvLine.cs") + "(", StringComparison.Ordinal)
                && line.EndsWith("Tables may not see Files", StringComparison.Ordinal));
    }

    [Fact]
    public void It_refers_to_the_library_alone() =>
        Assert.Equal(["Unroll", "Unroll.Keras", "Unroll.Pictures"], References("Unroll.ModelTool"), StringComparer.Ordinal);

    [Fact]
    public void Nothing_refers_to_it() => Assert.DoesNotContain(
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "lib"), "Unroll*").Select(folder => Path.GetFileName(folder)).SelectMany(References),
        name => name == "Unroll.ModelTool");

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, "lib", project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal);
}
