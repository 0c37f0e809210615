namespace Unroll.Browser.Tests;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of Notebooks.sln, above the tests.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program that installs the kernel, in the configuration of the tests.</summary>
    public static string Host { get; } = Path.Combine(
        Root, "lib", "Unroll.Notebooks", "bin", Path.GetRelativePath(Path.Combine(Root, "tests", "Unroll.Browser.Tests", "bin"), AppContext.BaseDirectory), "Unroll.Notebooks.dll");

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
