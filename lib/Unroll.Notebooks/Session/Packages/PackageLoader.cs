using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.Session.Packages.Natives;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>Finds the assemblies and native libraries of packages when code asks for them by name.</summary>
internal sealed class PackageLoader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly InteractiveAssemblyLoader _scripts;
    private readonly Dictionary<string, string> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string Path, RestoredPackage Package)> _natives = new(StringComparer.OrdinalIgnoreCase);
    private readonly NativeFolder _folder;
    private readonly HashSet<AssemblyLoadContext> _served = [];

    /// <summary>Watches what is loaded from now on.</summary>
    /// <param name="scripts">Loads what cells refer to.</param>
    /// <param name="natives">Where native libraries are laid.</param>
    public PackageLoader(InteractiveAssemblyLoader scripts, NativeFolder natives)
    {
        _scripts = scripts;
        _folder = natives;
        AppDomain.CurrentDomain.AssemblyResolve += FindAssembly;
        AppDomain.CurrentDomain.AssemblyLoad += ServeNatives;
    }

    /// <summary>Makes the files of a package known.</summary>
    public void Add(RestoredPackage package)
    {
        lock (_gate)
        {
            foreach (var path in package.Assemblies)
            {
                var name = AssemblyName.GetAssemblyName(path);
                _assemblies[name.Name!] = path;
                _scripts.RegisterDependency(
                    new AssemblyIdentity(name.Name!, name.Version, name.CultureName, [.. name.GetPublicKeyToken() ?? []]), path);
            }

            foreach (var path in package.Natives)
            {
                var place = _folder.Add(path);
                foreach (var name in NamesOf(Path.GetFileName(path)))
                    _natives.TryAdd(name, (place, package));
            }

            if (_natives.Count == 0)
                return;
            foreach (var context in AssemblyLoadContext.All)
                ServeNatives(context);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.AssemblyResolve -= FindAssembly;
        AppDomain.CurrentDomain.AssemblyLoad -= ServeNatives;
        lock (_gate)
        {
            foreach (var context in _served)
                context.ResolvingUnmanagedDll -= FindNative;
        }
    }

    /// <summary>A library may be asked for as its file, without its extension, or without the prefix of its platform.</summary>
    private static IEnumerable<string> NamesOf(string file)
    {
        var plain = Path.GetFileNameWithoutExtension(file);
        string[] names = [file, plain];
        return names.Concat(names
            .Where(name => name.StartsWith("lib", StringComparison.Ordinal))
            .Select(name => name[3..]));
    }

    /// <summary>An assembly that was built against an older version of another asks for that one by number.</summary>
    private Assembly? FindAssembly(object? sender, ResolveEventArgs wanted)
    {
        var name = new AssemblyName(wanted.Name).Name ?? "";
        if (StandIn.IsOfFamily(name))
            return typeof(Kernel).Assembly;
        string? path;
        lock (_gate)
        {
            if (!_assemblies.TryGetValue(name, out path))
                return StandIn.IsHtml(name) ? typeof(Kernel).Assembly : null;
        }

        // The one that cells use, if they do: a second copy would have types that are not theirs.
        if (AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(each => !each.IsDynamic && each.Location == path) is { } used)
            return used;
        var context = AssemblyLoadContext.GetLoadContext(wanted.RequestingAssembly ?? typeof(PackageLoader).Assembly)!;
        var found = context.LoadFromAssemblyPath(path);

        // And cells are to use this one.
        _scripts.RegisterDependency(found);
        return found;
    }

    private void ServeNatives(object? sender, AssemblyLoadEventArgs loaded)
    {
        lock (_gate)
        {
            if (_natives.Count > 0 && AssemblyLoadContext.GetLoadContext(loaded.LoadedAssembly) is { } context)
                ServeNatives(context);
        }
    }

    private void ServeNatives(AssemblyLoadContext context)
    {
        if (_served.Add(context))
            context.ResolvingUnmanagedDll += FindNative;
    }

    private IntPtr FindNative(Assembly caller, string name)
    {
        (string Path, RestoredPackage Package) native;
        lock (_gate)
        {
            if (!_natives.TryGetValue(name, out native))
                return IntPtr.Zero;
        }

        try
        {
            return NativeLibrary.Load(native.Path);
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(NativeFault.Shorten(error.Message, native.Package), error);
        }
    }
}
