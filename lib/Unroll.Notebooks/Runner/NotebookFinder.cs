using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Documents.Parameters;

namespace Unroll.Notebooks.Runner;

/// <summary>Finds the notebooks that paths name, and reads them all before any is run.</summary>
internal sealed class NotebookFinder(string currentDirectory)
{
    private const string DefaultFolder = "notebooks";

    /// <summary>
    /// Folders in the default one that run only when they are named: an exercise fails until someone has solved it, and
    /// TorchSharp comes with a large download.
    /// </summary>
    private static readonly string[] RunByName = ["exercises", "solutions", "torchsharp"];

    /// <summary>Where the page goes that leads to the pages of a run's notebooks.</summary>
    public string IndexPage(RunSettings settings) => Path.Combine(
        Path.GetFullPath(settings.Output ?? Path.Combine(Root(FindUpward()), "artifacts"), currentDirectory), "index.html");

    /// <summary>
    /// The notebooks to run, and a line for each thing that was named and is wrong. What is wrong with a file that a folder
    /// led to is said of that file when its turn comes.
    /// </summary>
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
        if (!settings.InPlace && File.Exists(output))
            return ([], [$"{Shown(output)} is a file: executed copies need a folder, so name another --output"]);
        foreach (var found in Files(settings, home, errors).DistinctBy(found => found.File, StringComparer.Ordinal))
        {
            var copy = Path.Combine(output, Path.ChangeExtension(found.Name, NotebookFile.Ipynb));
            var task = Task(found, settings, settings.InPlace ? found.File : copy);
            if (task.Fault is { } fault && !found.IsFromFolder)
                errors.Add($"{task.Shown}{fault}");
            else
                tasks.Add(task);
        }

        errors.AddRange(Collisions(tasks, settings.InPlace));
        return (tasks, errors);
    }

    private NotebookTask Task(Found found, RunSettings settings, string target)
    {
        var shown = Shown(found.File);
        try
        {
            if (NotebookFile.IsDib(found.File) && (settings.Check || settings.InPlace))
            {
                throw new BadNotebookException(
                    $"{shown}: a .dib file holds no outputs: run it without --check and --in-place, or convert it to .ipynb");
            }

            var notebook = NotebookReader.Read(found.File, shown);
            var notices = notebook.Remarks;
            if (settings.Parameters.Count > 0 && notebook.CodeCells.Any())
            {
                (notebook, var about) = ParameterCell.Inject(notebook, shown, settings.Parameters);
                notices = [.. notices, .. about];
            }

            return new NotebookTask(notebook, shown, target) { Notices = notices, IsFromFolder = found.IsFromFolder };
        }
        catch (BadNotebookException error)
        {
            // The message begins with the name, which reports say in their own way.
            var fault = error.Message.StartsWith(shown, StringComparison.Ordinal) ? error.Message[shown.Length..] : $": {error.Message}";
            return new NotebookTask(new Notebook(found.File, [], []), shown, target) { IsFromFolder = found.IsFromFolder, Fault = fault };
        }
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

    private IEnumerable<Found> Files(RunSettings settings, string? home, List<string> errors)
    {
        var isDefault = settings.Paths.Count == 0;
        foreach (var path in isDefault ? [home!] : settings.Paths)
        {
            var full = Path.GetFullPath(path, currentDirectory);
            if (File.Exists(full))
            {
                if (NotebookFile.IsIpynb(full) || NotebookFile.IsDib(full))
                    yield return new Found(full, Path.GetFileName(full), IsFromFolder: false);
                else
                    errors.Add($"{Shown(full)}: not a notebook: expected a file that ends in .ipynb or .dib");
                continue;
            }

            if (!Directory.Exists(full))
            {
                errors.Add($"{path}: no such file or folder");
                continue;
            }

            var found = FolderWalk.Notebooks(full, isDefault ? RunByName : []);
            if (found.Count == 0)
                errors.Add($"{Shown(full)}: no notebook (*.ipynb) in this folder");
            foreach (var file in found)
                yield return new Found(file, Path.GetRelativePath(full, file), IsFromFolder: true);
        }
    }

    private IEnumerable<string> Collisions(List<NotebookTask> tasks, bool inPlace)
    {
        foreach (var group in tasks.GroupBy(task => task.Target, StringComparer.Ordinal))
        {
            var names = string.Join(" and ", group.Select(task => task.Shown));
            if (group.Count() > 1)
                yield return $"{names} would both be written to {Shown(group.Key)}: run them apart, with an --output each";
            else if (!inPlace && RealPath.Of(group.Key) == RealPath.Of(group.First().Notebook.Path))
                yield return $"{names} would be written over itself: use --in-place for that, or another --output";
        }
    }

    private string Shown(string full)
    {
        var relative = Path.GetRelativePath(currentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }

    /// <summary>A file, and its name below the path that led to it.</summary>
    private sealed record Found(string File, string Name, bool IsFromFolder);
}
