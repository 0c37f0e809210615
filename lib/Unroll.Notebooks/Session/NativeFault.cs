using System.Text.RegularExpressions;
using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Session.Packages.Natives;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Why a native library cannot be loaded, in two lines: the system's loader lists every place where it looked, which hides
/// the one reason, and says nothing of a way out.
/// </summary>
internal static partial class NativeFault
{
    private const string NotFound = "No such file or directory";

    /// <summary>Two lines instead of what the loader said; a message that is short is left as it is.</summary>
    /// <param name="message">The message of a DllNotFoundException.</param>
    /// <param name="owner">The package that the library is of; null where that is not known.</param>
    public static string Shorten(string message, RestoredPackage? owner = null)
    {
        var match = Start().Match(message);
        if (!match.Success)
            return message;
        var library = match.Groups["name"].Value;
        var name = Path.GetFileName(library);
        var reason = Reason(message[match.Length..], name);
        var what = owner is null ? $"The native library {name}" : $"The native library {name} of {owner}";
        return $"{what} cannot be loaded{(reason is null ? "" : $": {reason}")}.\n{WayOut(reason, owner)}";
    }

    /// <summary>Of all that the loader tried, the one thing that was there and failed; null where it found no library at all.</summary>
    private static string? Reason(string details, string name)
    {
        var lines = details.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var stem = Path.GetFileNameWithoutExtension(name);
        var line = lines.FirstOrDefault(each => Need().IsMatch(each))
            ?? lines.FirstOrDefault(each => Missing().Match(each) is { Success: true } missing
                && !missing.Groups["file"].Value.Contains(stem, StringComparison.Ordinal))
            ?? lines.FirstOrDefault(each => !each.Contains(NotFound, StringComparison.Ordinal) && each.Contains(": ", StringComparison.Ordinal));
        if (line is null)
            return null;
        if (Need().Match(line) is { Success: true } need)
            return $"it needs {need.Groups["version"].Value} of {Path.GetFileName(need.Groups["file"].Value)}, which this system's is too old for";
        return Missing().Match(line) is { Success: true } lacking
            ? $"it needs {Path.GetFileName(lacking.Groups["file"].Value)}, which is not found"
            : MachinePaths.Hide(line.TrimEnd('.'));
    }

    private static string WayOut(string? reason, RestoredPackage? owner)
    {
        if (reason is null)
            return $"No package of this session brings it for {Platform.Rid}: add the #r \"nuget: …\" of the one that does, such as libtorch-cpu-{Platform.Rid} for TorchSharp.";
        if (!reason.Contains("GLIBCXX", StringComparison.Ordinal) && !reason.Contains("CXXABI", StringComparison.Ordinal))
        {
            return reason.Contains("GLIBC_", StringComparison.Ordinal)
                ? $"The package was built for a newer Linux than this one: a newer one, or an older version of the package, has it."
                : $"Add the package that brings it for {Platform.Rid}, or install it on this system.";
        }

        return owner?.Name == "TorchSharp" && !NativeFolder.IsMending
            ? $"Unset {NativeFolder.Switch} to load a mended copy, or use a system with the C++ runtime of GCC 13 (Debian 13, Ubuntu 24.04 or newer)."
            : "It needs a system with a newer C++ runtime: GCC 13's is in Debian 13, Ubuntu 24.04 and newer ones.";
    }

    [GeneratedRegex(@"^Unable to load shared library '(?<name>[^']+)' or one of its dependencies\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"(?<file>[^\s:]+): version [`'](?<version>[A-Za-z0-9_.]+)' not found", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Need();

    [GeneratedRegex(@"^(?<file>[^\s:]+): cannot open shared object file: No such file or directory", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Missing();
}
