using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>The lessons, run once for all tests by the command that a user types.</summary>
public sealed class LessonRun : IAsyncLifetime
{
    private readonly string _output = Directory.CreateTempSubdirectory("lessons-").FullName;

    /// <summary>The project's folder: the nearest one above the tests that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    public int ExitCode { get; private set; }

    public string Printed { get; private set; } = "";

    public static JsonObject Committed(string lesson) => Read(Path.Combine(Root, "notebooks", $"{lesson}.ipynb"));

    public JsonObject Executed(string lesson) => Read(PathOf(lesson));

    /// <summary>The copy that the run wrote.</summary>
    public string PathOf(string lesson) => Path.Combine(_output, $"{lesson}.ipynb");

    public async ValueTask InitializeAsync()
    {
        var host = typeof(Documents.Notebook).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["exec", host, "run", "--check", "--output", _output])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        Printed = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        ExitCode = process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_output, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Notebooks.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No Notebooks.sln above the tests.");
        return folder;
    }
}
