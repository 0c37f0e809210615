using Unroll.Tests.Support;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>The files of Data, and folders for what tests write.</summary>
internal static class Samples
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Unroll.Keras.Tests", "Data");

    public static string Of(string name) => Path.Combine(Folder, name);

    /// <summary>(3, 4) of (i - 3) / 4: exact in every float.</summary>
    public static Tensor Quarters { get; } = Tensor.Arange(12).Reshape(3, 4) / 4 - 0.75f;

    public static Tensor Of(Func<int, float> number) => Tensor.Of([.. Enumerable.Range(0, 12).Select(number)]).Reshape(3, 4);

    public static void Same(Tensor expected, Tensor actual) => Close.Assert(expected, actual, 0, "tensor");

    /// <summary>Gives a test a path in a folder of its own.</summary>
    public static void WithPath(string name, Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("unroll-arrays-");
        try
        {
            test(Path.Combine(folder.FullName, name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
