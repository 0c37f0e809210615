using System.Globalization;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Session.Language;

/// <summary>A file whose cells another cell runs.</summary>
internal sealed class ImportedFile
{
    private readonly int _line;

    private ImportedFile(string path, int line)
    {
        Path = path;
        Name = System.IO.Path.GetFileName(path);
        _line = line;
    }

    /// <summary>The whole path.</summary>
    public string Path { get; }

    /// <summary>What errors call it.</summary>
    public string Name { get; }

    /// <summary>Whether it is C# alone, not cells.</summary>
    public bool IsCSharp => System.IO.Path.GetExtension(Path).ToUpperInvariant() is ".CS" or ".CSX";

    /// <summary>
    /// The file that <c>#!import</c> names: beside the file that imports it, else from the current directory, as in .NET
    /// Interactive.
    /// </summary>
    /// <exception cref="DirectiveException">It names none, or none that is there.</exception>
    public static ImportedFile Find(CommandStep step, string? importer)
    {
        var name = NameOf(step);
        if (name.Length == 0)
            throw new DirectiveException("#!import needs a file: #!import \"setup.ipynb\" (.ipynb, .dib, .cs, .csx, .fs or .fsx).", step.Line);
        var relative = name.Replace('\\', System.IO.Path.DirectorySeparatorChar);
        string[] folders = importer is null
            ? [Directory.GetCurrentDirectory()]
            : [System.IO.Path.GetDirectoryName(importer)!, Directory.GetCurrentDirectory()];
        var path = Array.Find([.. folders.Select(folder => System.IO.Path.GetFullPath(relative, folder))], File.Exists)
            ?? throw new DirectiveException(
                $"#!import finds no file {name} {(importer is null ? "" : "beside the file that imports it, nor ")}in the folder of the notebook.", step.Line);
        return new ImportedFile(path, step.Line);
    }

    /// <summary>The cells to run, and what to call each where it fails.</summary>
    /// <exception cref="DirectiveException">The file has no cells.</exception>
    public IEnumerable<(string Where, CellSource Source)> Read() => System.IO.Path.GetExtension(Path).ToUpperInvariant() switch
    {
        ".IPYNB" or ".DIB" => ReadNotebook(),
        ".CS" or ".CSX" => [(Name, new CellSource($"Cell[{Name}]", File.ReadAllText(Path), CellLanguage.CSharp))],
        ".FS" or ".FSX" => [(Name, new CellSource($"Cell[{Name}]", File.ReadAllText(Path), CellLanguage.FSharp))],
        var other => throw new DirectiveException($"#!import reads .ipynb, .dib, .cs, .csx, .fs and .fsx, and not {other.ToLowerInvariant()} ({Name}).", _line),
    };

    /// <summary>A name may hold blanks, with quotes around it or without; or a person is asked for it.</summary>
    private static string NameOf(CommandStep step)
    {
        var text = step.Arguments.StartsWith("--file", StringComparison.Ordinal) ? step.Arguments["--file".Length..].TrimStart(' ', '=') : step.Arguments;
        if (text.StartsWith('@') && new OptionReader(text).ReadValue() is { } option && InputQuestion.IsAskedFor(option))
            return InputQuestion.Read(option, "file", step.Line).Ask(step.Line);
        return text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
    }

    /// <summary>Of a .dib file the text is shown too: there it is a cell in a language like any other.</summary>
    private IEnumerable<(string Where, CellSource Source)> ReadNotebook()
    {
        var showsText = NotebookFile.IsDib(Path);
        try
        {
            return NotebookReader.Read(Path, Name).Cells
                .Where(cell => cell.Kind == CellKind.Code || (showsText && cell.Kind == CellKind.Markdown))
                .Where(cell => !cell.HasTag("skip-execution"))
                .Select(cell => Cell(cell.Number, cell.Source, cell.Kind == CellKind.Code ? cell.Language : "markdown"));
        }
        catch (BadNotebookException error)
        {
            throw new DirectiveException($"#!import: {error.Message}", _line);
        }
    }

    private (string Where, CellSource Source) Cell(int number, string text, string language)
    {
        var shown = number.ToString(CultureInfo.InvariantCulture);
        return ($"{Name}, cell {shown}", new CellSource($"Cell[{Name}:{shown}]", text, language));
    }
}
