namespace Unroll.Tests.ApiTests;

/// <summary>The library's public API is what PublicApi.approved.txt says: a change of it is made on purpose.</summary>
public class PublicApiTests
{
    [Fact]
    public void Equals_what_was_approved()
    {
        var folder = FolderOfTheProject();
        var approvedPath = Path.Combine(folder, "PublicApi.approved.txt");
        var receivedPath = Path.Combine(folder, "PublicApi.received.txt");
        var received = PublicApiText.Of(typeof(Tensor).Assembly);
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (string.Equals(approved, received, StringComparison.Ordinal))
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        var (old, now) = (Qualified(approved), Qualified(received));
        Assert.Fail(
            $"""
            The public API differs from tests/Unroll.Tests/PublicApi.approved.txt:
            {string.Join('\n', [.. old.Except(now, StringComparer.Ordinal).Select(line => $"- {line}"), .. now.Except(old, StringComparer.Ordinal).Select(line => $"+ {line}")])}
            If that is meant, accept it: mv tests/Unroll.Tests/PublicApi.received.txt tests/Unroll.Tests/PublicApi.approved.txt
            """);
    }

    [Fact]
    public void No_type_of_another_library_is_in_it()
    {
        var outside = typeof(Tensor).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));
        Assert.Empty(outside);
    }

    /// <summary>Each member behind the name of its type.</summary>
    private static List<string> Qualified(string text)
    {
        var (lines, type) = (new List<string>(), "");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] != ' ') type = line.Split(" : ")[0].Split(' ')[^1];
            lines.Add(line[0] == ' ' ? $"{type}: {line.Trim()}" : line);
        }

        return lines;
    }

    private static string FolderOfTheProject()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Unroll.Tests.csproj"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Unroll.Tests.csproj.");
    }
}
