using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Documents;

/// <summary>
/// Files and folders that live as long as a process does and carry its number in their names, so that a later run finds
/// those of processes that were killed, and removes them.
/// </summary>
internal static partial class Leftovers
{
    /// <summary>A name that no other process gives; short, since the path of a socket has 104 characters on macOS.</summary>
    public static string Name(string purpose) =>
        $"{purpose}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.{Guid.NewGuid().ToString("n")[..12]}.tmp";

    /// <summary>Removes from <paramref name="folder"/> what processes left that are gone, and whose purpose begins so.</summary>
    public static void Remove(string folder, string purpose = "")
    {
        foreach (var entry in Entries(folder).Where(entry => entry.Name.StartsWith(purpose, StringComparison.Ordinal) && IsLeft(entry.Name)))
        {
            try
            {
                if (entry is DirectoryInfo inner)
                    inner.Delete(recursive: true);
                else
                    entry.Delete();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or removed in this moment.
            }
        }
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos("*.tmp");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsLeft(string name) =>
        Pattern().Match(name) is { Success: true } match
        && int.TryParse(match.Groups["process"].ValueSpan, CultureInfo.InvariantCulture, out var process)
        && !IsAlive(process);

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(
        @"\.(?<process>[0-9]{1,10})\.[0-9a-f]{12}\.tmp\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
