using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session;
using Unroll.Notebooks.Session.Language;

namespace Unroll.Notebooks.Programs;

/// <summary>
/// Writes a notebook as one C# file that <c>dotnet run lesson.cs</c> runs: prose as comments, usings at the top, types last. What
/// cannot be said there stays as a comment, and is named.
/// </summary>
internal sealed class ProgramWriter
{
    private static readonly string FolderLine =
        "Environment.CurrentDirectory = AppContext.GetData(\"EntryPointFileDirectoryPath\") as string ?? Environment.CurrentDirectory;";

    private const string FailsTag = "raises-exception";
    private const string SkippedTag = "skip-execution";

    private readonly Notebook _notebook;
    private readonly ProgramChain _chain;
    private readonly ProgramDirectives _directives;
    private readonly ProgramRenaming _renaming;
    private readonly ProgramText _text = new();
    private readonly List<string> _usings = [];
    private readonly List<string> _types = [];
    private readonly List<string> _extensions = [];
    private readonly List<string> _losses = [];
    private bool _displays;

    private ProgramWriter(Notebook notebook, string target)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(notebook.Path))!;
        _notebook = notebook;
        _chain = new ProgramChain(folder);
        _directives = new ProgramDirectives(folder, Path.GetDirectoryName(Path.GetFullPath(target))!);
        _renaming = new ProgramRenaming(new ProgramNames(NamesIn(notebook)));
    }

    /// <summary>The text of the program, and a line for each cell that is not in it.</summary>
    public static (string Text, IReadOnlyList<string> Losses) Write(Notebook notebook, string target) => new ProgramWriter(notebook, target).Write();

    /// <summary>What keeps a program from being built where it is to lie.</summary>
    public static IEnumerable<string> Remarks(string text, string target) =>
        text.Contains($"\n{ProgramDirectives.OwnVersions}\n", StringComparison.Ordinal) ? RepositoryPackages.Remarks(target) : [];

    private (string Text, IReadOnlyList<string> Losses) Write()
    {
        foreach (var cell in _notebook.Cells)
        {
            if (cell.HasTag(FailsTag))
                LeaveOut(cell, $"it is tagged {FailsTag}, and its error would end the program");
            else if (cell.HasTag(SkippedTag))
                _text.AddComment(cell.Number, cell.Source);
            else if (cell.Kind == CellKind.Code && cell.Language == CellLanguage.CSharp)
                AddCode(cell);
            else if (cell.Kind == CellKind.Code)
                LeaveOut(cell, $"it is in {cell.Language}, and a program is C#");
            else
                _text.AddComment(cell.Number, cell.Source);
        }

        var usings = _usings.Concat(ScriptChain.Imports.SkipLast(1).Except(ProgramCheck.Implicit, StringComparer.Ordinal).Select(name => $"using {name};"))
            .Distinct(StringComparer.Ordinal);
        var text = _text.With(
            head: [.. _directives.Lines(), "", .. usings, "", "// Files are looked for beside this one, as the notebook does.", FolderLine],
            tail: [.. _types, .. ProgramExtensions.Lines(_extensions), .. _displays ? [ProgramDisplay.Code] : (string[])[]]);
        _losses.AddRange(ProgramCheck.Faults(text, _chain.Libraries, _directives.HasPackages, _text));
        return (text, _losses);
    }

    private void AddCode(NotebookCell cell)
    {
        foreach (var step in CellSplitter.Split(cell.Source, cell.Language))
        {
            switch (step)
            {
                case CodeStep code when Piece(code.Code) is var (piece, fault):
                    if (fault is null)
                        Add(cell, piece!);
                    else
                        LeaveOut(cell, fault);
                    break;
                case ContentStep { Language: "markdown" } content:
                    _text.AddComment(cell.Number, content.Text);
                    break;
                case ContentStep content:
                    LeaveOut(cell, $"it shows {content.Language}, and a console does not");
                    break;
                case CommandStep command:
                    LeaveOut(cell, $"#!{command.Name} is for the notebook's host");
                    break;
                case ValueStep:
                    LeaveOut(cell, "#!value is for the notebook's host");
                    break;
                default:
                    LeaveOut(cell, $"it is in {(step as ForeignStep)?.Language ?? CellLanguage.FSharp}, and a program is C#");
                    break;
            }
        }
    }

    private (ProgramCell? Piece, string? Fault) Piece(string code)
    {
        if (ScriptSyntax.TryParse(code) is null)
            return (null, "it is too long, or nests too deep, to be looked into");
        PackageDirectives asked;
        try
        {
            asked = PackageDirectives.Extract(code, new CellSourceResolver(Path.GetDirectoryName(_notebook.Path)!));
        }
        catch (DirectiveException error)
        {
            return (null, error.Message);
        }

        var piece = new ProgramCell(_chain.Add(asked.Code), _renaming);
        if (piece.Faults.Count > 0)
            return (null, string.Join("; ", piece.Faults));
        foreach (var (package, _) in asked.Packages)
            _directives.Add(package);
        foreach (var (source, _) in asked.Sources)
            _directives.AddSource(source);
        foreach (var library in piece.Libraries.Where(library => !_directives.TryAddLibrary(library)))
            return (null, $"it refers to {library}; a program refers to projects and packages, and there is no one project of this name beside it");
        return (piece, null);
    }

    private void Add(NotebookCell cell, ProgramCell piece)
    {
        _text.AddCode(cell.Number, piece.Statements);
        _usings.AddRange(piece.Usings);
        _types.AddRange(piece.Types);
        _extensions.AddRange(piece.Extensions);
        _displays |= piece.Displays;
    }

    private void LeaveOut(NotebookCell cell, string why)
    {
        _losses.Add($"cell {cell.Number} is left out: {why}");
        _text.AddComment(cell.Number, $"Left out: {why}\n\n{cell.Source}");
    }

    private static HashSet<string> NamesIn(Notebook notebook) => notebook.CodeCells
        .SelectMany(cell => SyntaxFactory.ParseTokens(cell.Source).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText))
        .ToHashSet(StringComparer.Ordinal);
}
