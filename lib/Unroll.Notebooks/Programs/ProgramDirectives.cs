using Unroll.Notebooks.Session.Packages;

namespace Unroll.Notebooks.Programs;

/// <summary>The lines <c>#:</c> at the top of a file-based program: packages, projects and properties.</summary>
/// <param name="notebook">The folder of the notebook, where its paths begin.</param>
/// <param name="program">The folder of the program, where the program's paths begin.</param>
internal sealed class ProgramDirectives(string notebook, string program)
{
    /// <summary>The line of a program with packages: their versions are its own, not the repository's.</summary>
    public const string OwnVersions = "#:property ManagePackageVersionsCentrally=false";

    private const int MostLevelsUp = 6;
    private const int MostLevelsDown = 3;

    private readonly Dictionary<string, string> _packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _projects = [];
    private readonly List<string> _sources = [];

    public bool HasPackages => _packages.Count > 0;

    /// <summary>The lines. A notebook is compiled without the rules of a repository around it, and so is the program.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var project in _projects)
            yield return $"#:project {project}";
        foreach (var (name, version) in _packages)
            yield return $"#:package {name}@{version}";
        if (_packages.Count > 0)
            yield return OwnVersions;
        if (_sources.Count > 0)
            yield return $"#:property RestoreAdditionalProjectSources={string.Join(';', _sources)}";
        yield return "#:property PublishAot=false";
        yield return "#:property Nullable=disable";
        yield return "#:property AllowUnsafeBlocks=true";
        yield return "#:property RunAnalyzers=false";
        yield return "#:property TreatWarningsAsErrors=false";
        yield return "#:property WarningLevel=0";
    }

    /// <summary>A package; of one that is named twice, the last version.</summary>
    public void Add(PackageRequest package) => _packages[package.Name] = package.Version;

    /// <summary>A place where packages are.</summary>
    public void AddSource(string source)
    {
        if (!_sources.Contains(source, StringComparer.Ordinal))
            _sources.Add(source);
    }

    /// <summary>
    /// A library by its path. A program names projects, not libraries: the project of the same name, in the library's folder or
    /// one above it, stands for it. False where there is none, or more than one.
    /// </summary>
    public bool TryAddLibrary(string path)
    {
        var name = $"{Path.GetFileNameWithoutExtension(path)}.csproj";
        var above = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path, notebook))!);
        for (var level = 0; level < MostLevelsUp && above is not null; level++, above = above.Parent)
        {
            if (!above.Exists || Projects(above, name, MostLevelsDown).Take(2).ToList() is not { Count: > 0 } found)
                continue;
            if (found.Count > 1)
                return false;
            var project = Path.GetRelativePath(program, found[0]).Replace('\\', '/');
            if (!_projects.Contains(project, StringComparer.Ordinal))
                _projects.Add(project);
            return true;
        }

        return false;
    }

    private static IEnumerable<string> Projects(DirectoryInfo folder, string name, int levels)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
        FileInfo[] files;
        DirectoryInfo[] folders;
        try
        {
            files = folder.GetFiles(name, options);
            folders = levels == 0 ? [] : folder.GetDirectories("*", options);
        }
        catch (IOException)
        {
            // Somebody deleted it meanwhile, or it is a folder of /proc whose process has ended: it holds no project.
            yield break;
        }

        foreach (var file in files)
            yield return file.FullName;
        foreach (var below in folders.Where(below => below.Name is not ("bin" or "obj" or "node_modules")))
        {
            foreach (var file in Projects(below, name, levels - 1))
                yield return file;
        }
    }
}
