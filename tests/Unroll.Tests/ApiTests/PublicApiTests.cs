using PublicApiGenerator;
using Unroll.Figures;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.ApiTests;

/// <summary>The public API of each library is what its approved file says: a change of it is made on purpose.</summary>
public class PublicApiTests
{
    private static readonly System.Reflection.Assembly[] Libraries = [typeof(Tensor).Assembly, typeof(Figure).Assembly, typeof(ModelPictures).Assembly];

    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    public static TheoryData<string> Names() => [.. Libraries.Select(library => library.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_what_was_approved(string name)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Unroll.Tests", "ApiTests");
        var (approvedPath, receivedPath) = (Path.Combine(folder, $"{name}.approved.txt"), Path.Combine(folder, $"{name}.received.txt"));
        var received = Libraries.Single(library => library.GetName().Name == name).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (string.Equals(approved, received, StringComparison.Ordinal))
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        var (old, now) = (approved.Split('\n'), received.Split('\n'));
        Assert.Fail(
            $"""
            The public API of {name} differs from tests/Unroll.Tests/ApiTests/{name}.approved.txt:
            {string.Join('\n', [.. old.Except(now, StringComparer.Ordinal).Select(line => $"- {line}"), .. now.Except(old, StringComparer.Ordinal).Select(line => $"+ {line}")])}
            If that is meant, rename {name}.received.txt to {name}.approved.txt.
            """);
    }

    [Fact]
    public void No_type_of_another_library_is_in_it()
    {
        foreach (var library in Libraries)
        {
            var outside = library.GetReferencedAssemblies().Select(name => name.Name!)
                .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && !Libraries.Any(one => one.GetName().Name == name));
            Assert.Empty(outside);
        }
    }
}
