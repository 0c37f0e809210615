using System.CommandLine;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Running;

namespace Unroll.Notebooks.CommandLine;

/// <summary>The verb <c>convert</c>.</summary>
internal static class ConvertVerb
{
    private const string Description = """
        Convert a notebook between .ipynb and .dib. Cells, their languages and the notebook's metadata are kept both ways. A
        .dib file has no place for outputs, tags and ids; what is left out is said.

        Exit codes: 0 converted, 2 a file cannot be read or written.

        Examples:
          convert lesson.dib lesson.ipynb            to open it in Jupyter
          convert lesson.ipynb lesson.dib --force    over the lesson.dib that is there
        """;

    private static readonly Argument<string> From = new("FROM") { Description = "The notebook to read: .ipynb or .dib." };

    private static readonly Argument<string> To = new("TO") { Description = "The file to write, of the other kind." };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace TO if it is there." };

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var convert = new Command("convert", Description) { From, To, Force };
        convert.SetAction(parsed => Run(parsed.GetValue(From)!, parsed.GetValue(To)!, parsed.GetValue(Force)));
        return convert;
    }

    private static int Run(string from, string to, bool force)
    {
        try
        {
            if (Fault(from, to, force) is { } fault)
                throw new BadNotebookException(fault);
            var notebook = NotebookReader.Read(from, from);
            IReadOnlyList<string> losses = [];
            if (NotebookFile.IsDib(to))
            {
                (var text, losses) = DibWriter.Write(notebook);
                AtomicFile.Write(to, text);
            }
            else
            {
                notebook.Save(to);
            }

            Console.WriteLine($"{to}: {Reporting.Summary.Count(notebook.Cells.Count, "cell")} from {from}");
            foreach (var loss in losses)
                Console.Error.WriteLine($"{from}: {loss}");
            return RunCommand.Passed;
        }
        catch (BadNotebookException error)
        {
            Console.Error.WriteLine(error.Message);
            return RunCommand.BadInput;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{to}: cannot be written: {error.Message}");
            return RunCommand.BadInput;
        }
    }

    private static string? Fault(string from, string to, bool force)
    {
        var isToDib = NotebookFile.IsIpynb(from) && NotebookFile.IsDib(to);
        var isToIpynb = NotebookFile.IsDib(from) && NotebookFile.IsIpynb(to);
        if (!isToDib && !isToIpynb)
            return $"convert reads .ipynb and writes .dib, or the other way; got {from} and {to}";
        return File.Exists(to) && !force ? $"{to} is there already: use --force to replace it" : null;
    }
}
