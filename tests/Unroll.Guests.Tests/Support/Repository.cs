namespace Unroll.Guests.Tests.Support;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of Notebooks.sln, above the tests.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The lessons that mirror a source, by their names without the extension.</summary>
    public static IReadOnlyList<string> Lessons { get; } =
        [.. Directory.GetFiles(PathOf("notebooks"), "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name[1] <= '5').Order(StringComparer.Ordinal)];

    /// <summary>Lesson 6, which draws by Plotly.NET: other hosts run it only with a newer FSharp.Core beside them.</summary>
    public static string ChartLesson { get; } = Lesson("06-what-the-gates-learn");

    /// <summary>Lesson 7, which downloads libtorch.</summary>
    public static string TorchLesson { get; } = Lesson(Path.Combine("torchsharp", "07-the-same-network-in-torchsharp"));

    /// <summary>Lesson 8, which loads a file of Keras.</summary>
    public static string KerasLesson { get; } = Lesson("08-from-keras-to-csharp");

    /// <summary>The appendix of lesson 8, which runs ONNX Runtime.</summary>
    public static string OnnxAppendix { get; } = Lesson(Path.Combine("torchsharp", "08-appendix-onnx-runtime"));

    /// <summary>Where the lessons' own relative paths begin.</summary>
    public static string LessonFolder => PathOf("notebooks");

    /// <summary>Our host, in the configuration of the tests; it is run and never loaded.</summary>
    public static string Host { get; } = PathOf(
        "lib", "Unroll.Notebooks", "bin", Path.GetRelativePath(PathOf("tests", "Unroll.Guests.Tests", "bin"), AppContext.BaseDirectory), "Unroll.Notebooks.dll");

    /// <summary>A lesson's file.</summary>
    public static string Lesson(string name) => PathOf("notebooks", $"{name}.ipynb");

    /// <summary>A file below the root.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Notebooks.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No Notebooks.sln above the tests.");
        return folder;
    }
}
