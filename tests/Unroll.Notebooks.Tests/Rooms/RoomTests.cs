using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Tests.Lessons;
using Unroll.Rooms;

namespace Unroll.Notebooks.Tests.Rooms;

/// <summary>The order of the host's rooms: code sees its own room and those named beside it, and nothing else.</summary>
public sealed class RoomTests
{
    private static readonly string[] UpToWire = ["Documents", "Wire"];

    private static readonly Dictionary<string, string[]> Rooms = new(StringComparer.Ordinal)
    {
        ["Documents"] = [],
        ["Wire"] = ["Documents"],
        ["CellApi"] = UpToWire,
        ["Session"] = [.. UpToWire, "CellApi"],
        ["Programs"] = ["Documents", "CellApi", "Session"],
        ["Runner"] = UpToWire,
        ["Reports"] = [.. UpToWire, "Runner"],
        ["Watching"] = ["Documents", "Runner", "Reports"],
        ["Jupyter/Log"] = [],
        ["Jupyter/Zmtp"] = ["Jupyter/Log"],
        ["Jupyter/Protocol"] = UpToWire,
        ["Jupyter/Server"] = [.. UpToWire, "Jupyter/Log", "Jupyter/Zmtp", "Jupyter/Protocol"],
        ["KernelHost"] = [.. UpToWire, "Jupyter/Log", "Jupyter/Protocol", "Jupyter/Server"],
        ["Commands"] =
        [
            .. UpToWire, "CellApi", "Session", "Programs", "Runner", "Reports", "Watching", "Jupyter/Log", "Jupyter/Zmtp", "Jupyter/Protocol", "Jupyter/Server", "KernelHost",
        ],
    };

    private static string Project => Path.Combine(LessonRun.Root, "lib", "Unroll.Notebooks");

    private static IEnumerable<string> References => Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
        .Where(path => !Path.GetFileName(path).StartsWith("Unroll.Notebooks", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [Fact]
    public void Every_folder_is_in_a_room() => Assert.Empty(RoomCheck.Unknown(Project, Rooms));

    [Fact]
    public void No_reference_points_up_or_across() => Assert.Empty(RoomCheck.Violations(Project, Rooms, References));

    [Fact]
    public void A_reference_that_points_up_is_found_by_file_and_symbol()
    {
        var wrong = new Dictionary<string, string[]>(Rooms, StringComparer.Ordinal) { ["Jupyter/Zmtp"] = [] };
        Assert.Contains(
            RoomCheck.Violations(Project, wrong, References),
            line => line.StartsWith("Jupyter/Zmtp/ZmtpSocket.cs(", StringComparison.Ordinal)
                && line.EndsWith("KernelLog is in Jupyter/Log/KernelLog.cs, and Jupyter/Zmtp may not see Jupyter/Log", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_room_comes_after_those_it_sees()
    {
        var before = new List<string>();
        foreach (var (room, seen) in Rooms)
        {
            Assert.Subset(before.ToHashSet(StringComparer.Ordinal), seen.ToHashSet(StringComparer.Ordinal));
            before.Add(room);
        }
    }

    [Fact]
    public void The_host_does_not_know_the_library() =>
        Assert.DoesNotContain(
            typeof(Notebook).Assembly.GetReferencedAssemblies(),
            name => name.Name!.StartsWith("Unroll", StringComparison.Ordinal) && name.Name != "Unroll.Figures");
}
