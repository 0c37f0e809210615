using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Unroll.Notebooks.Wire;

/// <summary>
/// A session and every process its cells start, as one group. The tree of processes is not enough: when a cell ends its
/// own
/// process, what it had started has no parent left to be found by.
/// </summary>
internal static class ProcessGroup
{
    private const int SigKill = 9;

    /// <summary>Makes this process the first of a new group, where the system has groups.</summary>
    public static void Lead()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetGroup(0, 0);
    }

    /// <summary>Ends every process of the group that <paramref name="leader"/> leads.</summary>
    public static void Kill(int leader)
    {
        if (!OperatingSystem.IsWindows())
            _ = SendSignal(-leader, SigKill);
    }

    /// <summary>Ends this process and every process it started.</summary>
    public static void KillOwn()
    {
        Kill(Environment.ProcessId);
        using var self = Process.GetCurrentProcess();
        self.Kill(entireProcessTree: false);
    }

    [DllImport("libc", EntryPoint = "setpgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetGroup(int process, int group);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
