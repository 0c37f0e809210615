using System.Diagnostics;
using System.Reflection;

namespace Unroll.Notebooks.Session;

/// <summary>
/// A stack trace as the author of a notebook wants it: cells and libraries, not the machinery under them.
/// </summary>
internal static class Traceback
{
    private static readonly string[] Machinery =
        ["System.", "Microsoft.CodeAnalysis.", "Microsoft.DotNet.Interactive.", "Unroll.Notebooks.", "Microsoft.Win32.", "Interop"];

    /// <summary>The lines of <paramref name="error"/> and of what caused it.</summary>
    public static IEnumerable<string> Of(Exception error)
    {
        yield return $"{error.GetType().FullName}: {Message(error)}";
        foreach (var frame in new StackTrace(error, fNeedFileInfo: true).GetFrames())
        {
            if (Describe(frame) is { } line)
                yield return line;
        }

        IEnumerable<Exception> causes = error switch
        {
            AggregateException many => many.InnerExceptions,

            // The loader's own words, which are all in the other's.
            DllNotFoundException => [],
            { InnerException: { } inner } => [inner],
            _ => [],
        };
        foreach (var cause in causes)
        {
            yield return "caused by:";
            foreach (var line in Of(cause))
                yield return $"   {line}";
        }
    }

    /// <summary>What an exception says, without the folders of this machine.</summary>
    public static string Message(Exception error) =>
        MachinePaths.Hide(error is DllNotFoundException ? NativeFault.Shorten(error.Message) : error.Message);

    /// <summary>A cell keeps its name; of a file only the name is left.</summary>
    public static string FileName(string path) => IsCell(path) ? path : Path.GetFileName(path);

    /// <summary>The file that a frame is in. F# lays a cell into the current folder, as it does any name.</summary>
    public static string? FileOf(StackFrame frame)
    {
        var path = frame.GetFileName();
        return path is not null && Path.GetFileName(path) is { } name && IsCell(name) ? name : path;
    }

    /// <summary>Whether <paramref name="path"/> is the name of a cell.</summary>
    public static bool IsCell(string path) => path.StartsWith("Cell[", StringComparison.Ordinal);

    private static string? Describe(StackFrame frame)
    {
        var method = frame.GetMethod();
        var file = FileOf(frame);
        var line = frame.GetFileLineNumber();
        var owner = method?.DeclaringType?.FullName ?? "";

        // What a cell loads with #load is compiled into it, and keeps the name of its file.
        if (file is not null && (IsCell(file) || owner.StartsWith("Submission#", StringComparison.Ordinal)))
            return line > 0 ? $"   at {Name(method)}{FileName(file)}, line {line}" : null;
        if (owner.Length == 0 || owner.StartsWith("Submission#", StringComparison.Ordinal)
            || Machinery.Any(prefix => owner.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return null;
        }

        return $"   at {owner.Replace('+', '.')}.{method!.Name}";
    }

    /// <summary>The function of a cell that a frame is in, or nothing for the cell's own statements.</summary>
    private static string Name(MethodBase? method)
    {
        var name = method?.Name ?? "";
        var owner = method?.DeclaringType;

        // The compiler keeps the written name between angle brackets: <Run>d__3.MoveNext, <<Initialize>>b__0_1,
        // <Run>g__Local|0_1.
        var source = name is "MoveNext" ? owner?.Name ?? "" : name;
        if (owner?.FullName?.StartsWith("<StartupCode$FSI", StringComparison.Ordinal) == true)
            return "";
        if (source.Contains("<Initialize>", StringComparison.Ordinal) && !source.Contains("g__", StringComparison.Ordinal))
            return "";
        var local = source.IndexOf("g__", StringComparison.Ordinal);
        if (local >= 0)
            return $"{source[(local + 3)..].Split('|')[0]} in ";
        var end = source.IndexOf('>', StringComparison.Ordinal);
        if (source.StartsWith('<') && end > 1)
            return $"{source[1..end].TrimStart('<')} in ";
        var isOfClass = owner is { IsNested: true } && !owner.Name.StartsWith("Submission#", StringComparison.Ordinal);
        return source.Length == 0 ? "" : $"{(isOfClass ? $"{owner!.Name}." : "")}{source} in ";
    }
}
