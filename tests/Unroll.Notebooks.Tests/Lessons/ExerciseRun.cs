using System.Text.Json.Nodes;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>The exercises as they are delivered, and their solutions, run once for all tests by the command that a user types.</summary>
public sealed class ExerciseRun : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal CliResult Exercises { get; private set; } = null!;

    internal CliResult Solutions { get; private set; } = null!;

    public static string PathOf(string folder, string name) => Path.Combine(LessonRun.Root, "notebooks", folder, $"{name}.ipynb");

    public JsonObject Executed(string name) => JsonNode.Parse(File.ReadAllText(_folder["exercises", $"{name}.ipynb"]))!.AsObject();

    public async ValueTask InitializeAsync()
    {
        Exercises = await Cli.RunAsync(LessonRun.Root, "notebooks/exercises", "--output", _folder["exercises"]);
        Solutions = await Cli.RunAsync(LessonRun.Root, "notebooks/solutions", "--check", "--output", _folder["solutions"]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
