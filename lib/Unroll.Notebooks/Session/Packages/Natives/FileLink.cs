using System.Runtime.InteropServices;

namespace Unroll.Notebooks.Session.Packages.Natives;

/// <summary>A second name of a file; a copy where there can be none.</summary>
internal static class FileLink
{
    /// <summary>Makes <paramref name="place"/> lead to the file at <paramref name="target"/>.</summary>
    /// <exception cref="IOException">Not even a copy can be written.</exception>
    public static void Create(string place, string target)
    {
        // On Linux a loader looks for what a library needs beside the link. Elsewhere it may look beside the file, which a
        // hard link is; and Windows asks for a privilege before it makes a symbolic one.
        if (OperatingSystem.IsLinux() ? !TryLink(place, target) : !TryLinkHard(place, target))
            File.Copy(target, place, overwrite: true);
    }

    private static bool TryLink(string place, string target)
    {
        try
        {
            File.CreateSymbolicLink(place, target);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryLinkHard(string place, string target) =>
        OperatingSystem.IsWindows() ? CreateHardLink(place, target, 0) : Link(target, place) == 0;

    [DllImport("kernel32", EntryPoint = "CreateHardLinkW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLink(string place, string target, nint attributes);

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string target, [MarshalAs(UnmanagedType.LPUTF8Str)] string place);
}
