using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Unroll.Guests.Tests.Support;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>A copy of a lesson, with a last cell that prints what the engine counted, and what it should print as its output.</summary>
internal static partial class CountedLesson
{
    /// <summary>Writes the copy and returns its path.</summary>
    public static string Write(string lesson, string folder)
    {
        var notebook = JsonNode.Parse(File.ReadAllText(Repository.Lesson(lesson)))!;
        var cells = notebook["cells"]!.AsArray();
        var (predictions, trainings) = (0, 0);
        foreach (var cell in cells.Where(cell => (string?)cell!["cell_type"] == "code"))
        {
            var source = string.Concat(cell!["source"]!.AsArray().Select(line => (string)line!));
            predictions += Prediction().Count(source);
            trainings += Training().Count(source);
            cell["source"] = source.Replace("\"../artifacts/", $"\"{Repository.PathOf("artifacts")}/", StringComparison.Ordinal);
        }

        cells.Add(new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = "counted",
            ["execution_count"] = cells.Count(cell => (string?)cell!["cell_type"] == "code") + 1,
            ["metadata"] = new JsonObject(),
            ["source"] = "Console.WriteLine(Backend.Engine);",
            ["outputs"] = new JsonArray(new JsonObject
            {
                ["name"] = "stdout",
                ["output_type"] = "stream",
                ["text"] = $"TorchSharpEngine: Predict {predictions}, Evaluate 0, Fit {trainings}, TrainOnBatch 0\n",
            }),
        });
        var path = Path.Combine(folder, $"{lesson}.ipynb");
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }

    [GeneratedRegex(@"\.Predict(?:All)?\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prediction();

    [GeneratedRegex(@"\.Fit\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Training();
}
