using PublicApiGenerator;
using Unroll.Guests.Tests.Support;
using Unroll.Rooms;
using Unroll.TorchSharp;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Unroll.TorchSharp as a library: its public API, the order of its folders, and what it needs.</summary>
public class LibraryTests
{
    /// <summary>The folders, the lowest first: each may see those before it.</summary>
    private static readonly string[] Order = ["Natives", "Bridge", "Plans", "Weights", "Conversions", "Modules", "Source", "Engine", "."];

    private static readonly string Folder = Repository.PathOf("lib", "Unroll.TorchSharp");

    [Fact]
    public void Its_public_API_is_what_was_approved()
    {
        var approvedPath = Repository.PathOf("tests", "Unroll.Guests.Tests", "TorchSharp", "Unroll.TorchSharp.approved.txt");
        var receivedPath = Path.ChangeExtension(Path.ChangeExtension(approvedPath, null), "received.txt");
        var received = typeof(TorchSharpEngine).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (received == approved)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        Assert.Fail($"The public API of Unroll.TorchSharp changed. If that is meant, rename {receivedPath} to {Path.GetFileName(approvedPath)}.");
    }

    [Fact]
    public void A_folder_sees_only_those_below_it()
    {
        var rooms = Order.Select((room, i) => (room, Below: Order[..i])).ToDictionary(pair => pair.room, pair => pair.Below, StringComparer.Ordinal);
        string[] references = ["Unroll.dll", "TorchSharp.dll", "System.Numerics.Tensors.dll"];
        Assert.Empty(RoomCheck.Unknown(Folder, rooms));
        Assert.Empty(RoomCheck.Violations(Folder, rooms, references.Select(file => Path.Combine(AppContext.BaseDirectory, file))));
    }

    [Fact]
    public void It_needs_TorchSharp_alone_and_brings_no_libtorch() => Assert.Equal(
        ["TorchSharp"],
        System.Xml.Linq.XDocument.Load(Path.Combine(Folder, "Unroll.TorchSharp.csproj")).Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value));

    [Fact]
    public void Unroll_knows_nothing_of_it() => Assert.DoesNotContain(
        typeof(Tensor).Assembly.GetReferencedAssemblies(), name => name.Name!.Contains("TorchSharp", StringComparison.Ordinal));

    [Fact]
    public void The_file_that_the_host_links_needs_nothing_of_the_library()
    {
        var source = File.ReadAllText(Path.Combine(Folder, "Natives", "OlderCxxRuntime.cs"));
        Assert.All(
            source.Split('\n').Where(line => line.StartsWith("using ", StringComparison.Ordinal)),
            line => Assert.StartsWith("using System", line, StringComparison.Ordinal));
    }
}
