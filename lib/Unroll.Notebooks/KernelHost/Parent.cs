using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Unroll.Notebooks.KernelHost;

/// <summary>The process that started the kernel.</summary>
internal static class Parent
{
    private static readonly int AtStart = OperatingSystem.IsWindows() ? 0 : ParentId();

    /// <summary>Whether the process <paramref name="id"/> still runs; a dead parent's children get another at once.</summary>
    public static bool IsAlive(int id)
    {
        if (id == AtStart)
            return ParentId() == AtStart;
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ParentId();
}
