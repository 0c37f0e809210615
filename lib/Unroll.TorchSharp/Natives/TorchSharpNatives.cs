using System.Runtime.InteropServices;
using TorchSharp;
using Unroll.TorchSharp.Natives;

namespace Unroll.TorchSharp;

/// <summary>
/// Loads TorchSharp's native libraries: those that lie beside the program, or else in NuGet's folder. The bridge, the modules
/// and the engine call it themselves; a program calls it where it uses TorchSharp before them.
/// </summary>
/// <remarks>
/// TorchSharp needs the C++ runtime of GCC 13. Where Linux has an older one (Debian 12, Ubuntu 22.04), a copy of
/// libLibTorchSharp.so, changed so that it does without, is loaded from the user's cache, and the standard error says so,
/// unless <c>UNROLL_ENGINE</c> chose the engine; the environment variable <c>UNROLL_MEND_NATIVES</c> switches the copy off by 0,
/// and the line by 1.
/// </remarks>
public static class TorchSharpNatives
{
    /// <summary>The environment variable for the mended copy: 0 for none, 1 for one that is not spoken of.</summary>
    internal const string Switch = "UNROLL_MEND_NATIVES";

    private const string Wrapper = "LibTorchSharp";
    private static readonly Lock Gate = new();
    private static volatile bool _loaded;

    /// <summary>Loads the libraries; the second call does nothing.</summary>
    /// <exception cref="DllNotFoundException">A library is missing, or the C++ runtime is too old; says what is needed.</exception>
    public static void Load()
    {
        if (_loaded)
            return;
        lock (Gate)
        {
            if (!_loaded)
                LoadOnce();
            _loaded = true;
        }
    }

    private static void LoadOnce()
    {
        // A notebook's host finds natives for TorchSharp by itself, mended where they have to be.
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Wrapper, typeof(torch).Assembly, searchPath: null, out _))
            return;
        var wrapper = NativeFolders.Find(NativeFolders.FileName(Wrapper)) ?? throw Missing(Wrapper);
        var torch = NativeFolders.Find(NativeFolders.FileName("torch")) ?? throw Missing("libtorch");
        var isOlder = OlderCxxRuntime.IsOlder;
        var chosen = Environment.GetEnvironmentVariable(Switch);
        var mends = isOlder && chosen is not "0";
        try
        {
            // What the wrapper needs is found by name once it is loaded, wherever the wrapper itself lies.
            NativeLibrary.Load(torch);
            NativeLibrary.Load(mends ? OlderCxxRuntime.MendedCopy(wrapper, CacheFolder()) : wrapper);
        }
        catch (Exception error)
            when (error is DllNotFoundException or BadImageFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw CannotLoad(isOlder, mends, error);
        }

        // What a whole run prints is compared, with and without an engine that the environment chose.
        if (mends && chosen is not "1" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("UNROLL_ENGINE")))
            Console.Error.WriteLine($"TorchSharp runs from a copy mended for this machine's older C++ runtime ({Switch}=0 switches that off, 1 this line).");
    }

    private static string CacheFolder()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? Path.Combine(data, "unroll", "natives") : Directory.CreateTempSubdirectory("unroll-natives").FullName;
    }

    private static DllNotFoundException Missing(string library) => new(
        $"{library} for {NativeFolders.Platform} is neither beside the program nor in NuGet's folder.\n" +
        "Add the package that brings it: dotnet add package TorchSharp-cpu");

    private static DllNotFoundException CannotLoad(bool isOlder, bool mends, Exception error) => isOlder
        ? new(
            $"TorchSharp needs GCC 13's C++ runtime (Debian 13, Ubuntu 24.04, or newer), and this machine's is older" +
            $"{(mends ? $"; a copy mended for it cannot be loaded: {FirstLine(error)}" : ".")}\n" +
            (mends ? "Use a newer system, or a container of one." : $"Unset {Switch} to run from a copy mended for it, or use a newer system."),
            error)
        : new($"TorchSharp's native libraries cannot be loaded: {FirstLine(error)}\nIs the package TorchSharp-cpu of the same version as TorchSharp?", error);

    /// <summary>The loader goes on with a line for each place that it looked at.</summary>
    private static string FirstLine(Exception error) => error.Message.ReplaceLineEndings("\n").Split('\n')[0];
}
