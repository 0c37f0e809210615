using System.Xml.Linq;
using PublicApiGenerator;
using Unroll.Keras.Configuration;
using Unroll.Layers;
using Unroll.Rooms;
using Unroll.Tests.Support;

namespace Unroll.Keras.Tests.ApiTests;

/// <summary>Unroll.Keras as a library: its public API, the order of its folders, what it needs, and which layers it knows.</summary>
public class LibraryTests
{
    /// <summary>The folders, the lowest first: each may see those before it.</summary>
    private static readonly string[] Order = ["Arrays", "Hdf5", "Configuration", "Weights", "Files", "Onnx", "."];

    private static readonly string Folder = Path.Combine(Repository.Root, "lib", "Unroll.Keras");

    [Fact]
    public void Its_public_API_is_what_was_approved()
    {
        var approvedPath = Path.Combine(Repository.Root, "tests", "Unroll.Keras.Tests", "ApiTests", "Unroll.Keras.approved.txt");
        var receivedPath = Path.ChangeExtension(Path.ChangeExtension(approvedPath, null), "received.txt");
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };
        var received = typeof(KerasFile).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (string.Equals(received, approved, StringComparison.Ordinal))
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        Assert.Fail($"The public API of Unroll.Keras changed. If that is meant, rename {receivedPath} to {Path.GetFileName(approvedPath)}.");
    }

    [Fact]
    public void A_folder_sees_only_those_below_it()
    {
        var rooms = Order.Select((room, i) => (room, Below: Order[..i])).ToDictionary(pair => pair.room, pair => pair.Below, StringComparer.Ordinal);
        string[] references = ["Unroll.dll", "PureHDF.dll", "Google.Protobuf.dll", "System.Numerics.Tensors.dll"];
        Assert.Empty(RoomCheck.Unknown(Folder, rooms));
        Assert.Empty(RoomCheck.Violations(Folder, rooms, references.Select(file => Path.Combine(AppContext.BaseDirectory, file))));
    }

    [Fact]
    public void It_needs_two_packages_that_read_and_write_formats() => Assert.Equal(
        ["Google.Protobuf", "PureHDF"],
        XDocument.Load(Path.Combine(Folder, "Unroll.Keras.csproj")).Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value),
        StringComparer.Ordinal);

    [Fact]
    public void Unroll_knows_nothing_of_it() => Assert.DoesNotContain(
        typeof(Tensor).Assembly.GetReferencedAssemblies(), name => name.Name!.Contains("Keras", StringComparison.Ordinal));

    /// <summary>What is not in the table has a way of its own, or cannot be in a file.</summary>
    [Fact]
    public void Every_layer_can_be_in_a_file()
    {
        Type[] special = [typeof(InputLayer), typeof(Lambda), typeof(Models.Model), typeof(Models.Sequential)];
        var missing = typeof(Layer).Assembly.GetExportedTypes()
            .Where(type => typeof(Layer).IsAssignableFrom(type) && !type.IsAbstract && !special.Contains(type) && Classes.Layers.Find(type) is null);
        Assert.Empty(missing);
    }

    /// <summary>Reading and writing find arguments by the names of properties.</summary>
    [Fact]
    public void Every_argument_of_a_known_class_is_a_property()
    {
        (string, string)[] special = [("Activation", "activation"), ("Bidirectional", "layer")];
        var missing = new[] { Classes.Layers, Classes.Initializers, Classes.Regularizers, Classes.Constraints, Classes.Schedules, Classes.Optimizers, Classes.Losses, Classes.Metrics }
            .SelectMany(table => table.All)
            .SelectMany(known => known.Parameters.Where(parameter => known.Properties[parameter.Name!] is null).Select(parameter => (known.Names[0], parameter.Name!)))
            .Except(special);
        Assert.Empty(missing);
    }
}
