using System.Collections.Concurrent;
using System.Text.Json;

namespace Unroll.Tests;

/// <summary>
/// Golden data: results of other libraries, kept in Goldens/*.json beside the script that made each file.
/// </summary>
internal static class Goldens
{
    private static readonly ConcurrentDictionary<string, JsonElement> Loaded = new(StringComparer.Ordinal);

    /// <summary>The root of a golden file, for example <c>Goldens.Load("layers.json")</c>.</summary>
    public static JsonElement Load(string fileName) => Loaded.GetOrAdd(fileName, Parse);

    /// <summary>The cases of a golden file.</summary>
    public static IEnumerable<JsonElement> Cases(string fileName) =>
        Load(fileName).GetProperty("cases").EnumerateArray();

    /// <summary>The names of the cases, which are unique in a file: one row each of a theory.</summary>
    public static TheoryData<string> Names(string fileName) => new(Cases(fileName).Select(Name));

    /// <summary>One case by its name.</summary>
    public static JsonElement Case(string fileName, string name) =>
        Cases(fileName).First(one => string.Equals(Name(one), name, StringComparison.Ordinal));

    private static string Name(JsonElement one) => one.GetProperty("name").GetString()!;

    private static JsonElement Parse(string fileName)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Goldens", fileName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no golden file {fileName} in tests/Unroll.Tests/Goldens.", path);
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
