using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>What the README shows works as it says.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_example_prints_what_its_comment_says()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(LessonRun.Root, "README.md"), TestContext.Current.CancellationToken);
        var code = readme.Split("```csharp\n")[1].Split("```")[0];
        var folder = Directory.CreateTempSubdirectory("readme-");
        try
        {
            var library = Path.Combine(LessonRun.Root, "artifacts", "lib", "Unroll.Pictures.dll").Replace('\\', '/');
            var notebook = Path.Combine(folder.FullName, "readme.ipynb");
            await File.WriteAllTextAsync(notebook, Notebook($"#r \"{library}\"\n{code}"), TestContext.Current.CancellationToken);
            await Run(notebook, folder.FullName);
            var executed = JsonNode.Parse(await File.ReadAllTextAsync(notebook, TestContext.Current.CancellationToken))!.AsObject();
            var shown = executed.Cells().Single().Shown();
            Assert.StartsWith("(2, 1)\nModel: \"sequential\"\n", shown, StringComparison.Ordinal);
            Assert.Contains("Total params: 597\n", shown, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_link_within_the_repository_leads_somewhere()
    {
        var readme = File.ReadAllText(Path.Combine(LessonRun.Root, "README.md"));
        var headings = readme.Split('\n').Where(line => line.StartsWith('#'))
            .Select(line => $"#{line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-')}").ToList();
        foreach (var link in readme.Split("](").Skip(1).Select(rest => rest.Split(')')[0]).Where(link => !link.StartsWith("https:", StringComparison.Ordinal)))
        {
            if (link.StartsWith('#'))
                Assert.Contains(link, headings, StringComparer.Ordinal);
            else
                Assert.True(File.Exists(Path.Combine(LessonRun.Root, link)), $"README.md: {link} is not there.");
        }
    }

    private static string Notebook(string code) => new JsonObject
    {
        ["cells"] = new JsonArray(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = "readme",
            ["metadata"] = new JsonObject(),
            ["outputs"] = new JsonArray(),
            ["source"] = code,
        }),
        ["metadata"] = new JsonObject(),
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();

    private static async Task Run(string notebook, string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Documents.Notebook).Assembly.Location, "run", notebook, "--in-place"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, printed);
    }
}
