using System.Runtime.InteropServices;

namespace Unroll.Benchmarks.Startup;

/// <summary>
/// Makes a start cold: asks Linux to forget what it keeps in memory of the files that a start reads. Pages that another
/// running process has mapped stay, so the runtime itself, which this program uses too, stays partly warm.
/// </summary>
internal static partial class FileCache
{
    private const int DontNeed = 4;

    public static bool CanForget => OperatingSystem.IsLinux();

    /// <summary>Forgets all files in the folders.</summary>
    public static void Forget(params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                using var handle = File.OpenHandle(file);
                var error = PosixFadvise(handle.DangerousGetHandle().ToInt32(), 0, 0, DontNeed);
                if (error != 0)
                    throw new IOException($"The system did not forget {file}: error {error}.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PosixFadvise(int file, long offset, long length, int advice);
}
