using Unroll.Notebooks.CellApi.Guests;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>The packages of one session: what cells have asked for so far, and how it came to them.</summary>
/// <param name="store">Gets packages.</param>
/// <param name="loader">Finds their files.</param>
/// <param name="publish">Gets the events.</param>
/// <param name="warmUp">Makes the next cell faster while nothing but the network is busy.</param>
internal sealed class SessionPackages(PackageStore store, PackageLoader loader, Action<SessionEvent> publish, Action warmUp)
{
    private static readonly TimeSpan ProgressStep = TimeSpan.FromMilliseconds(500);

    /// <summary>How long restoring may take, whatever time the cell has for itself.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly List<string> _sources = [];
    private readonly HashSet<PackageRequest> _asked = [];
    private readonly Dictionary<string, RestoredPackage> _held = new(StringComparer.OrdinalIgnoreCase);
    private bool _isWarm;

    /// <summary>Gets what a cell asks for, shows how that goes, and returns the packages that were not there before.</summary>
    /// <param name="wanted">What it asks for.</param>
    /// <param name="interruption">Ends the waiting.</param>
    /// <param name="isForHost">Whether the host needs them, and the notebook does not show them.</param>
    /// <exception cref="DirectiveException">It cannot be had.</exception>
    public IReadOnlyList<RestoredPackage> Add(PackageDirectives wanted, CancellationToken interruption, bool isForHost = false)
    {
        var added = wanted.Sources.Select(each => WholeSource(each.Source, each.Line)).Except(_sources, StringComparer.Ordinal).ToList();
        _sources.AddRange(added);
        var missing = wanted.Packages.Where(each => !IsHeld(each.Package, each.Line)).ToList();
        if (missing.Count == 0)
            return [];
        var packages = missing.Select(each => each.Package).Distinct().ToList();
        Check(packages, missing[0].Line);
        var held = _held.Values.Select(package => new PackageRequest(package.Name, package.Version)).ToList();
        var query = new PackageQuery(packages, held, [.. _sources], Directory.GetCurrentDirectory());
        var display = new PackageDisplay(packages, publish) { IsForHost = isForHost };
        try
        {
            var set = store.Find(query) ?? Restore(query, display, interruption);
            var fresh = set.Packages.Where(package => !_held.ContainsKey(package.Name)).ToList();
            if (LoadedVersions.Conflict(fresh) is { } conflict)
                throw new RestoreException(conflict);
            fresh.ForEach(package => _held.Add(package.Name, package));
            display.ShowResult(set, [.. set.Remarks, .. fresh.SelectMany(package => package.Remarks)]);
            _asked.UnionWith(packages);
            GuestList.WarmUp(fresh.Select(package => package.Name));
            fresh.ForEach(loader.Add);
            return fresh;
        }
        catch (RestoreException error)
        {
            // A source that does not answer must not spoil what is asked for next.
            _sources.RemoveAll(added.Contains);
            display.ShowFailure();
            throw new DirectiveException(error.Message, missing[0].Line);
        }
    }

    /// <summary>The assemblies of all packages but those called <paramref name="hidden"/>.</summary>
    public IReadOnlyList<string> AssembliesBut(IReadOnlyList<string> hidden) =>
    [
        .. _held.Values.Where(package => !hidden.Contains(package.Name, StringComparer.OrdinalIgnoreCase)).SelectMany(package => package.Assemblies),
    ];

    /// <summary>A folder is meant from where the notebook is.</summary>
    private static string WholeSource(string source, int line)
    {
        if (Uri.TryCreate(source, UriKind.Absolute, out var address) && !address.IsFile)
            return source;
        var folder = Path.GetFullPath(address?.LocalPath ?? source.Replace('\\', Path.DirectorySeparatorChar));
        return Directory.Exists(folder)
            ? folder
            : throw new DirectiveException($"#i names the folder {source}, which is not there.", line);
    }

    private bool IsHeld(PackageRequest package, int line)
    {
        if (!_held.TryGetValue(package.Name, out var held))
            return false;
        if (package.Accepts(held.Version) || _asked.Contains(package))
            return true;
        throw new DirectiveException(
            $"{package} cannot be loaded: the session has {held.Version} already, and holds one version of a package. "
            + "Restart it to change the version.",
            line);
    }

    private static void Check(List<PackageRequest> packages, int line)
    {
        var twice = packages.GroupBy(package => package.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new DirectiveException(
                $"The cell asks for {twice.Key} more than once: {string.Join(" and ", twice.Select(each => each.Version))}. Keep one of them.", line);
        }
    }

    private PackageSet Restore(PackageQuery query, PackageDisplay display, CancellationToken interruption)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(interruption);
        limit.CancelAfter(Limit);
        publish(new RestoreStarted(Limit.TotalSeconds));
        var warming = _isWarm ? Task.CompletedTask : Task.Run(warmUp, CancellationToken.None);
        _isWarm = true;
        try
        {
            var restore = Task.Run(() => store.RestoreAsync(query, limit.Token), CancellationToken.None);
            display.ShowProgress();
            while (Task.WaitAny([restore], ProgressStep) < 0)
                display.ShowProgress();
            return restore.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!interruption.IsCancellationRequested)
        {
            throw new RestoreException(
                $"{string.Join("; ", query.Packages)} could not be restored within {Limit.TotalMinutes:0} minutes: is a source out of reach?");
        }
        finally
        {
            Task.WhenAny(warming).Wait(CancellationToken.None);
            publish(new RestoreEnded());
        }
    }
}
