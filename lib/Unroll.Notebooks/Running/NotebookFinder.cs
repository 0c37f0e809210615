using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Parameters;

namespace Unroll.Notebooks.Running;

/// <summary>A notebook to run, and where its executed copy goes.</summary>
internal sealed record NotebookTask(Notebook Notebook, string Shown, string Target)
{
    /// <summary>What a person should know about the notebook before it runs.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

/// <summary>Finds the notebooks that paths name, and reads them all before any is run.</summary>
internal sealed class NotebookFinder(string currentDirectory)
{
    private const string DefaultFolder = "notebooks";

    /// <summary>Where the page goes that leads to the pages of a run's notebooks.</summary>
    public string IndexPage(RunSettings settings) => Path.Combine(
        Path.GetFullPath(settings.Output ?? Path.Combine(Root(FindUpward()), "artifacts"), currentDirectory), "index.html");

    /// <summary>The notebooks to run, and a line for each thing that is wrong.</summary>
    public (IReadOnlyList<NotebookTask> Tasks, IReadOnlyList<string> Errors) Find(RunSettings settings)
    {
        var tasks = new List<NotebookTask>();
        var errors = new List<string>();
        var home = FindUpward();
        if (settings.Paths.Count == 0 && home is null)
        {
            var fix = "name a notebook or a folder to run";
            return ([], [$"no folder \"{DefaultFolder}\" in {currentDirectory} or above it: {fix}"]);
        }

        var output = Path.GetFullPath(settings.Output ?? Path.Combine(Root(home), "artifacts", "notebooks"), currentDirectory);
        var found = Files(settings.Paths.Count > 0 ? settings.Paths : [home!], errors);
        foreach (var (file, name) in found.DistinctBy(entry => entry.File, StringComparer.Ordinal))
        {
            try
            {
                var copy = Path.Combine(output, Path.ChangeExtension(name, NotebookFile.Ipynb));
                tasks.Add(Task(file, settings, settings.InPlace ? file : copy));
            }
            catch (BadNotebookException error)
            {
                errors.Add(error.Message);
            }
        }

        errors.AddRange(Collisions(tasks, settings.InPlace));
        return (tasks, errors);
    }

    private NotebookTask Task(string file, RunSettings settings, string target)
    {
        var shown = Shown(file);
        if (NotebookFile.IsDib(file) && (settings.Check || settings.InPlace))
        {
            throw new BadNotebookException(
                $"{shown}: a .dib file holds no outputs: run it without --check and --in-place, or convert it to .ipynb");
        }

        var notebook = NotebookReader.Read(file, shown);
        if (!notebook.CodeCells.Any())
            throw new BadNotebookException($"{shown}: has no code cell, so there is nothing to run");
        IReadOnlyList<string> notices = [];
        if (settings.Parameters.Count > 0)
            (notebook, notices) = ParameterCell.Inject(notebook, shown, settings.Parameters);
        return new NotebookTask(notebook, shown, target) { Notices = notices };
    }

    private string Root(string? home) => Path.GetDirectoryName(home) ?? currentDirectory;

    private string? FindUpward()
    {
        for (var folder = new DirectoryInfo(currentDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, DefaultFolder);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }

    /// <summary>Each file, and its name below the path that led to it.</summary>
    private IEnumerable<(string File, string Name)> Files(IReadOnlyList<string> paths, List<string> errors)
    {
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path, currentDirectory);
            if (File.Exists(full))
            {
                if (NotebookFile.IsIpynb(full) || NotebookFile.IsDib(full))
                    yield return (full, Path.GetFileName(full));
                else
                    errors.Add($"{Shown(full)}: not a notebook: expected a file that ends in .ipynb or .dib");
                continue;
            }

            if (!Directory.Exists(full))
            {
                errors.Add($"{path}: no such file or folder");
                continue;
            }

            var found = Directory.EnumerateFiles(full, "*.ipynb", SearchOption.AllDirectories)
                .Select(file => (File: file, Name: Path.GetRelativePath(full, file)))
                .Where(entry => !entry.Name.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .ToList();
            if (found.Count == 0)
                errors.Add($"{Shown(full)}: no notebook (*.ipynb) in this folder");
            foreach (var entry in found)
                yield return entry;
        }
    }

    private IEnumerable<string> Collisions(List<NotebookTask> tasks, bool inPlace)
    {
        foreach (var group in tasks.GroupBy(task => task.Target, StringComparer.Ordinal))
        {
            var names = string.Join(" and ", group.Select(task => task.Shown));
            if (group.Count() > 1)
                yield return $"{names} would both be written to {Shown(group.Key)}: run them apart, with an --output each";
            else if (!inPlace && group.Key == group.First().Notebook.Path)
                yield return $"{names} would be written over itself: use --in-place for that, or another --output";
        }
    }

    private string Shown(string full)
    {
        var relative = Path.GetRelativePath(currentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}
