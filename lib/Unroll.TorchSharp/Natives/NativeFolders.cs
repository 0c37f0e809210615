using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Unroll.TorchSharp.Natives;

/// <summary>Where native libraries may lie: beside the program, as a build or a publish lays them, or in NuGet's folder.</summary>
internal static class NativeFolders
{
    /// <summary>The version of libtorch that this version of TorchSharp was made for.</summary>
    internal const string LibtorchVersion = "2.10.0";

    /// <summary>The platform in NuGet's words: linux-x64.</summary>
    public static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-") +
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The first file of that name; null where there is none.</summary>
    public static string? Find(string file) => Folders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    /// <summary>How a library's file is called here: libtorch.so, torch.dll.</summary>
    public static string FileName(string library) => OperatingSystem.IsWindows()
        ? $"{library}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static IEnumerable<string> Folders()
    {
        var probed = ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] beside = [AppContext.BaseDirectory, .. FolderOf(typeof(NativeFolders).Assembly), .. FolderOf(typeof(torch).Assembly)];
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } own
            ? own
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return
        [
            .. beside.SelectMany(folder => new[] { folder, Path.Combine(folder, "runtimes", Platform, "native") }),
            .. probed,
            Path.Combine(packages, "torchsharp", typeof(torch).Assembly.GetName().Version!.ToString(3), "runtimes", Platform, "native"),
            Path.Combine(packages, $"libtorch-cpu-{Platform}", LibtorchVersion, "runtimes", Platform, "native"),
        ];
    }

    /// <summary>None where the assembly is part of the program's own file.</summary>
    private static IEnumerable<string> FolderOf(Assembly assembly) =>
        Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? [folder] : [];
}
