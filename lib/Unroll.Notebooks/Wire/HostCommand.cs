using System.Diagnostics;
using System.Text;

namespace Unroll.Notebooks.Wire;

/// <summary>How this program starts itself again.</summary>
internal static class HostCommand
{
    /// <summary>
    /// A process that runs this program with <paramref name="arguments"/> in <paramref name="folder"/>.
    /// </summary>
    /// <param name="arguments">What to do.</param>
    /// <param name="folder">The current directory.</param>
    /// <param name="runtimeConfig">The settings of the runtime; null for those of this program.</param>
    public static ProcessStartInfo Create(IEnumerable<string> arguments, string folder, string? runtimeConfig = null)
    {
        string[] settings = runtimeConfig is null ? [] : ["--runtimeconfig", runtimeConfig];
        return DotNet(["exec", .. settings, typeof(HostCommand).Assembly.Location, .. arguments], folder);
    }

    /// <summary>A process of the .NET that runs us, with <paramref name="arguments"/> in <paramref name="folder"/>.</summary>
    public static ProcessStartInfo DotNet(IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(Muxer())
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>
    /// The dotnet that runs us: it is the one sure to have the right runtime, even where none is on the PATH.
    /// </summary>
    public static string Muxer()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var root = Path.GetFullPath(Path.Combine(shared, "..", "..", ".."));
        var muxer = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(muxer) ? muxer : "dotnet";
    }
}
