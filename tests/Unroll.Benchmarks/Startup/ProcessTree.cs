using System.Globalization;

namespace Unroll.Benchmarks.Startup;

/// <summary>Reads from Linux' /proc how much memory a process and those it started have used at most.</summary>
internal static class ProcessTree
{
    public static bool IsReadable => Directory.Exists("/proc/self");

    /// <summary>The peak resident memory so far, in bytes, of the process and of its descendants, by process id.</summary>
    public static IReadOnlyDictionary<int, long> PeakMemory(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(Parent);
        var peaks = new Dictionary<int, long>();
        var waiting = new Stack<int>([root]);
        while (waiting.TryPop(out var id))
        {
            if (Peak(id) is { } peak)
                peaks[id] = peak;
            foreach (var child in children[id])
                waiting.Push(child);
        }

        return peaks;
    }

    private static int Parent(int id) => Field(id, "PPid:") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;

    private static long? Peak(int id) => Field(id, "VmHWM:") is { } text ? long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) * 1024 : null;

    private static string? Field(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line?[name.Length..].Trim();
        }
        catch (IOException)
        {
            // The process ended between the list and the look.
            return null;
        }
    }
}
