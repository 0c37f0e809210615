using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Wire;

/// <summary>
/// Puts into words how a cell ended its process, from the exit code and what .NET wrote on the way out.
/// </summary>
internal static partial class CrashReport
{
    private const int MaxFrames = 8;
    private const string Unhandled = "Unhandled exception.";

    /// <summary>What a session says that ends because of a fault of its own.</summary>
    public const string SessionFault = "The session cannot go on:";

    /// <summary>The process ended while the cell ran.</summary>
    public static ErrorRaised Of(string text, int? exitCode)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Find(lines, "Stack overflow") >= 0)
        {
            const string Why = "calls nested too deep, such as a recursion without end; the process of the notebook ended";
            return Error("StackOverflow", Why, lines);
        }

        if (Find(lines, "Process terminated.") is >= 0 and var terminated)
        {
            var message = Message(lines, terminated, "Process terminated.");
            return Error("ProcessTerminated", $"Environment.FailFast or a fatal error of .NET: {message}", lines);
        }

        if (Find(lines, Unhandled) is >= 0 and var unhandled)
            return Error("UnhandledException", Message(lines, unhandled, Unhandled), lines);
        if (Find(lines, SessionFault) is >= 0 and var fault)
            return Error("SessionFault", $"this program failed beside the cell: {Message(lines, fault, SessionFault)}", lines);
        if (Find(lines, "Out of memory") >= 0)
            return Error("OutOfMemory", "the process of the notebook used up its memory", lines);
        return exitCode switch
        {
            137 => Error("ProcessKilled", "the process of the notebook was killed, perhaps for lack of memory (exit code 137)", lines),
            134 or 139 => Error("ProcessCrashed", $"native code crashed the process of the notebook ({ExitText(exitCode)})", lines),
            var code => Error("ProcessExit", $"the cell ended the process of the notebook, as Environment.Exit does ({ExitText(code)})", lines),
        };
    }

    /// <summary>The process ended before it took a cell: the first thing it said, or its exit code.</summary>
    public static string OfStart(string text, int? exitCode)
    {
        const int Longest = 300;
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var said = lines.Where(line => !line.StartsWith("at ", StringComparison.Ordinal)).Take(2);
        var why = string.Join(' ', said.Select(line => line.StartsWith(Unhandled, StringComparison.Ordinal) ? line[Unhandled.Length..].Trim() : line));
        return why.Length switch
        {
            0 => ExitText(exitCode),
            > Longest => why[..Longest] + "…",
            _ => why,
        };
    }

    /// <summary>The process ended after the last cell, by something that a cell had left running.</summary>
    public static ErrorRaised OfAfterlife(string text, int? exitCode)
    {
        var error = Of(text, exitCode);
        return error with
        {
            Value = $"after the last cell, something that was left running ended the process: {error.Value}",
        };
    }

    /// <summary>The cell did not end in its time.</summary>
    public static ErrorRaised OfTimeout(TimeSpan timeout) => Error(
        "CellTimeout",
        $"the cell did not end within {timeout.TotalSeconds:0.###} s (--timeout), and its process was stopped",
        []);

    /// <summary>The cell showed more than a notebook file should hold.</summary>
    public static ErrorRaised OfOutputLimit(long limit) => Error(
        "OutputLimit",
        $"the cell showed more than {limit:N0} characters; the rest is cut, and its process was stopped",
        []);

    private static ErrorRaised Error(string name, string value, IEnumerable<string> lines)
    {
        var frames = lines.Where(line => line.StartsWith("at ", StringComparison.Ordinal))
            .Where(line => !Machinery().IsMatch(line))
            .Distinct(StringComparer.Ordinal)
            .Take(MaxFrames)
            .Select(line => $"   {WithoutPath(Submission().Replace(line, ""))}");
        return new ErrorRaised(name, value, [$"{name}: {value}", .. frames]);
    }

    /// <summary>
    /// Frames end in « in /folder/file.cs:line 3» where there are symbols: only the file's name is of use.
    /// </summary>
    private static string WithoutPath(string frame)
    {
        var place = frame.LastIndexOf(" in ", StringComparison.Ordinal);
        return place < 0 ? frame : $"{frame[..place]} in {Path.GetFileName(frame[(place + 4)..])}";
    }

    /// <summary>The frames of .NET and of this host, and those in which Roslyn starts a cell.</summary>
    [GeneratedRegex(
        @"^at (System\.|Microsoft\.|Unroll\.Notebooks\.|Submission#\d+(\+<<Initialize>>[^.]*\.MoveNext|\.<(Initialize|Factory)>)\()",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Machinery();

    /// <summary>The class that a cell is compiled to; its functions are known without it.</summary>
    [GeneratedRegex(@"Submission#\d+[.+]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Submission();

    private static int Find(string[] lines, string start) =>
        Array.FindIndex(lines, line => line.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    /// <summary>The message stands after the heading or on the line below it.</summary>
    private static string Message(string[] lines, int at, string heading)
    {
        var candidates = new[] { lines[at][heading.Length..].Trim(), lines.ElementAtOrDefault(at + 1) ?? "" };
        return Array.Find(candidates, text => text.Length > 0 && !text.StartsWith("at ", StringComparison.Ordinal))
            ?? "no message was given";
    }

    private static string ExitText(int? exitCode) => exitCode is { } code ? $"exit code {code}" : "exit code unknown";
}
