using Unroll.Notebooks.CellApi;
using Unroll.TorchSharp.Natives;

namespace Unroll.Notebooks.Session.Packages.Natives;

/// <summary>
/// The native libraries of all packages of a session in one folder, as a publish would lay them: those that need each other
/// find each other there, whatever package they are of and whichever is asked for first. They are links where the system
/// has links, so that half a gigabyte stays where it is.
/// </summary>
/// <param name="folder">The folder; it is made when the first library comes.</param>
/// <param name="cache">Where mended copies are kept.</param>
internal sealed class NativeFolder(string folder, string cache)
{
    /// <summary>Set to 0, it keeps libraries as their packages have them.</summary>
    public const string Switch = "UNROLL_MEND_NATIVES";

    private const string TorchSharp = "libLibTorchSharp.so";

    /// <summary>Whether libraries may be mended.</summary>
    public static bool IsMending => Environment.GetEnvironmentVariable(Switch) != "0";

    /// <summary>Lays the library at <paramref name="path"/> into the folder; returns its place there.</summary>
    public string Add(string path)
    {
        var name = Path.GetFileName(path);
        var place = Path.Combine(folder, name);
        if (File.Exists(place))
            return place;
        Directory.CreateDirectory(folder);
        FileLink.Create(place, name == TorchSharp && IsMending && OlderCxxRuntime.IsOlder ? Mended(path) : path);
        return place;
    }

    /// <summary>The person is told, and not the notebook: it would differ from machine to machine.</summary>
    private string Mended(string path)
    {
        try
        {
            var copy = OlderCxxRuntime.MendedCopy(path, cache);
            SessionOutput.Tell(
                $"this system's C++ runtime is older than GCC 13's, so a mended copy of TorchSharp's native library is loaded ({Switch}=0 switches that off)");
            return copy;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            SessionOutput.Tell($"TorchSharp's native library is loaded as it is: {error.Message}");
            return path;
        }
    }
}
