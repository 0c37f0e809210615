using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Says what went wrong in a cell: its own lines first, nothing of this host, no path of the machine.
/// </summary>
internal static class ErrorReport
{
    /// <summary>The name compile errors go by.</summary>
    public const string CompilationError = "CompilationError";

    /// <summary>The report of compile errors: the first is the message, all are in the traceback.</summary>
    public static ErrorRaised OfDiagnostics(IEnumerable<Diagnostic> diagnostics, string cell)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        var first = errors[0].Location.GetLineSpan();
        var inCell = errors[0].Location.IsInSource && first.Path == cell;
        var hint = errors.Select(ErrorHints.Of).FirstOrDefault(found => found is not null);
        string[] hints = hint is null ? [] : [hint];
        return new ErrorRaised(
            CompilationError, string.Join("; ", [Describe(errors[0], cell), .. hints]), [.. hints, .. errors.SelectMany(error => Explain(error))])
        {
            Line = inCell ? first.StartLinePosition.Line + 1 : null,
            Column = inCell ? first.StartLinePosition.Character + 1 : null,
        };
    }

    /// <summary>The report of an exception that a cell threw, or that showing its value threw.</summary>
    public static ErrorRaised OfException(Exception error, string cell)
    {
        if (error is DirectiveException directive)
        {
            const string Name = "DirectiveError";
            var place = $"   at {cell}, line {Number(directive.Line)}";
            return new ErrorRaised(Name, error.Message, [$"{Name}: {error.Message}", place])
            {
                Line = directive.Line,
                Column = 1,
            };
        }

        if (error is CompilerFaultException)
        {
            const string Name = "CompilerFault";
            return new ErrorRaised(Name, error.Message, [$"{Name}: {error.Message}"]);
        }

        var here = new StackTrace(error, fNeedFileInfo: true).GetFrames().FirstOrDefault(frame =>
            Traceback.FileOf(frame) == cell && frame.GetFileLineNumber() > 0);
        return new ErrorRaised(error.GetType().Name, Traceback.Message(error), [.. Traceback.Of(error)])
        {
            Line = here?.GetFileLineNumber(),
            Column = here?.GetFileColumnNumber(),
        };
    }

    /// <summary>
    /// The report of an error in a file that a line of the cell <paramref name="cell"/> imports: it happened there, and here.
    /// </summary>
    public static ErrorRaised OfImport(ErrorRaised error, string where, string cell, int line) => error with
    {
        Value = $"in {where}: {error.Value}",
        Traceback = [.. error.Traceback, $"   at {cell}, line {Number(line)}"],
        Line = line,
        Column = 1,
    };

    /// <summary>The report of a cell that the user stopped.</summary>
    public static ErrorRaised OfInterruption()
    {
        const string Name = "Interrupted";
        const string Why = "The cell was interrupted; the variables of the cells before it are kept.";
        return new ErrorRaised(Name, Why, [$"{Name}: {Why}"]);
    }

    /// <summary>The report of an exception that ended a thread, or came out of an async void method.</summary>
    public static ErrorRaised OfBackground(Exception error, string cell)
    {
        var report = OfException(error, cell);
        var value = $"{report.Value} (on a background thread)";
        string[] traceback = [$"{error.GetType().FullName}: {value}", .. report.Traceback.Skip(1)];
        return report with { Value = value, Traceback = traceback };
    }

    /// <summary><c>line 2, column 5: CS0103: …</c>, with the place's name where it is another file.</summary>
    private static string Describe(Diagnostic error, string cell)
    {
        var place = Place(error, cell);
        return $"{place}{(place.Length > 0 ? ": " : "")}{error.Id}: {Message(error)}";
    }

    /// <summary>The diagnostic, its source line, and a mark under the place.</summary>
    private static IEnumerable<string> Explain(Diagnostic error)
    {
        var place = Place(error, cell: "");
        yield return $"{place}{(place.Length > 0 ? ": " : "")}error {error.Id}: {Message(error)}";
        if (!error.Location.IsInSource || error.Location.SourceTree.GetText().Lines is not { } lines)
            yield break;
        var start = error.Location.GetLineSpan().StartLinePosition;
        if (start.Line >= lines.Count)
            yield break;
        var line = lines[start.Line].ToString();
        yield return $"    {line}";
        var indent = line[..Math.Min(start.Character, line.Length)].Select(c => c == '\t' ? '\t' : ' ');
        yield return $"    {string.Concat(indent)}^";
    }

    /// <summary>Where it is; nothing where the compiler names no place, as for what it makes of a cell by itself.</summary>
    private static string Place(Diagnostic error, string cell)
    {
        if (!error.Location.IsInSource)
            return "";
        var span = error.Location.GetLineSpan();
        var file = span.Path == cell ? "" : $"{Traceback.FileName(span.Path)}, ";
        return $"{file}line {Number(span.StartLinePosition.Line + 1)}, column {Number(span.StartLinePosition.Character + 1)}";
    }

    private static string Message(Diagnostic error) => MachinePaths.Hide(error.GetMessage(CultureInfo.InvariantCulture));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
