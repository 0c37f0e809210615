using System.CommandLine;
using System.Text;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Programs;
using Unroll.Notebooks.Reports;

namespace Unroll.Notebooks.Commands;

/// <summary>The verb <c>convert</c>.</summary>
internal static class ConvertVerb
{
    private const string Description = """
        Convert a notebook between .ipynb and .dib, or into a C# program. Cells, their languages, their texts and the
        notebook's metadata are kept between the two. A .dib file has no place for outputs, tags and ids, nor for a line
        within a cell that would begin another one; what is left out or reads otherwise is said.

        A program (.cs) is one file that `dotnet run lesson.cs` runs, with .NET 10 or newer: prose becomes comments, packages
        become #:package, libraries the projects that make them; a name that a later cell declares again gets a number, a
        cell's value is written to the console, and a chart to an HTML file. A cell that a program cannot say stays in it as
        a comment, and is named.

        Exit codes: 0 converted, 1 converted, but something is left out (0 with --lossy), 2 a file cannot be read or written.

        Examples:
          convert lesson.dib lesson.ipynb            to open it in Jupyter
          convert lesson.ipynb lesson.dib --force    over the lesson.dib that is there
          convert lesson.ipynb lesson.dib --lossy    content with losing the outputs
          convert lesson.ipynb lesson.cs             a program; there is no way back
        """;

    private static readonly Argument<string> From = new("FROM") { Description = "The notebook to read: .ipynb or .dib." };

    private static readonly Argument<string> To = new("TO") { Description = "The file to write: .ipynb, .dib or .cs, and of another kind." };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace TO if it is there." };

    private static readonly Option<bool> Lossy = new("--lossy") { Description = "Exit with 0 though something is left out." };

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var convert = new Command("convert", Description) { From, To, Force, Lossy };
        convert.SetAction(parsed => Run(parsed.GetValue(From)!, parsed.GetValue(To)!, parsed.GetValue(Force), parsed.GetValue(Lossy)));
        return convert;
    }

    private static int Run(string from, string to, bool force, bool lossy)
    {
        try
        {
            if (Fault(from, to, force) is { } fault)
                throw new BadNotebookException(fault);
            var notebook = NotebookReader.Read(from, from);
            var (text, losses) = NotebookFile.IsDib(to) ? DibWriter.Write(notebook, to)
                : NotebookFile.IsProgram(to) ? ProgramWriter.Write(notebook, to)
                : (Checked(notebook, to), []);
            AtomicFile.Write(to, text);
            Console.WriteLine($"{to}: {Summary.Count(notebook.Cells.Count, "cell")} from {from}");
            var remarks = NotebookFile.IsDib(to) ? DibWriter.Remarks(notebook)
                : NotebookFile.IsProgram(to) ? ProgramWriter.Remarks(text, to)
                : [];
            foreach (var line in notebook.Remarks.Concat(remarks).Concat(losses))
                Console.Error.WriteLine(VisibleText.Of($"{from}: {line}"));
            return losses.Count == 0 || lossy ? ExitCode.Passed : ExitCode.Failed;
        }
        catch (BadNotebookException error)
        {
            Console.Error.WriteLine(VisibleText.Of(error.Message));
            return ExitCode.BadInput;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{to}: cannot be written: {error.Message}");
            return ExitCode.BadInput;
        }
    }

    /// <summary>The text of an .ipynb file that we would read again: metadata may nest deeper there than in a .dib file.</summary>
    private static string Checked(Notebook notebook, string to)
    {
        var text = notebook.ToText();
        _ = NotebookReader.Parse(Encoding.UTF8.GetBytes(text), notebook.Path, to);
        return text;
    }

    private static string? Fault(string from, string to, bool force)
    {
        var isToDib = NotebookFile.IsIpynb(from) && NotebookFile.IsDib(to);
        var isToIpynb = NotebookFile.IsDib(from) && NotebookFile.IsIpynb(to);
        var isToProgram = (NotebookFile.IsIpynb(from) || NotebookFile.IsDib(from)) && NotebookFile.IsProgram(to);
        if (!isToDib && !isToIpynb && !isToProgram)
            return $"convert reads .ipynb and writes .dib, or the other way, or writes a .cs from either; got {from} and {to}";
        return File.Exists(to) && !force ? $"{to} is there already: use --force to replace it" : null;
    }
}
