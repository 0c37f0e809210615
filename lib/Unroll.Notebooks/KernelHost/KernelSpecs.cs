using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.KernelHost;

/// <summary>A kernel that Jupyter finds in <paramref name="Folder"/>.</summary>
internal sealed record KernelSpec(string Name, string Folder, string DisplayName, bool IsOurs);

/// <summary>What cannot be done with kernel specs; the message says why, and what to do.</summary>
internal sealed class KernelSpecException(string message) : Exception(message);

/// <summary>Writes, finds and removes the files by which Jupyter knows kernels.</summary>
internal static partial class KernelSpecs
{
    /// <summary>The default name.</summary>
    public const string DefaultName = "unroll-csharp";

    /// <summary>The name in notebooks that were written for the old kernel.</summary>
    public const string OldName = ".net-csharp";

    private const string Draft = ".unroll-kernel";
    private const string SpecFile = "kernel.json";
    private const string Mark = "unroll_host";

    /// <summary>Installs a copy of this program as the kernel <paramref name="name"/>; returns the folders written.</summary>
    /// <exception cref="KernelSpecException">The name is taken or not valid, or files cannot be written.</exception>
    public static IReadOnlyList<string> Install(string kernels, string name, bool replace)
    {
        // Names of dots alone are folders of their own kind: the one that holds all kernels, and the one above.
        if (!ValidName().IsMatch(name) || name.Trim('.').Length == 0)
        {
            throw new KernelSpecException(
                $"\"{name}\" is not a valid kernel name: use letters, digits, dots, hyphens and underscores, and not dots alone.");
        }

        var folder = Path.Combine(kernels, name);
        if (File.Exists(folder))
            throw new KernelSpecException($"{folder} is a file: choose another --name.");
        if (Directory.Exists(folder) && !replace)
            throw new KernelSpecException($"The kernel {name} is there already, in {folder}: use --replace, or another --name.");
        if (Directory.Exists(folder) && HostOf(folder) is null)
        {
            throw new KernelSpecException(
                $"The kernel {name} in {folder} was not installed by this program, and is not replaced: choose another --name.");
        }

        return Guarded(() =>
        {
            var host = Path.Combine(folder, "host");
            Write(folder, host, withHost: true);
            var old = Path.Combine(kernels, OldName);
            var isFree = JupyterFolders.All().Append(kernels).All(place => !File.Exists(Path.Combine(place, OldName, SpecFile)));
            if (name == OldName || !(isFree || (replace && Read(old) is { IsOurs: true })))
                return (IReadOnlyList<string>)[folder];
            Write(old, host, withHost: false);
            return [folder, old];
        });
    }

    /// <summary>The kernels in <paramref name="places"/>; of two with one name the first counts.</summary>
    public static IReadOnlyList<KernelSpec> List(IEnumerable<string> places) =>
    [
        .. places.Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateDirectories(place).Order(StringComparer.Ordinal))
            .Select(Read).OfType<KernelSpec>().DistinctBy(spec => spec.Name, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Removes the kernel <paramref name="name"/>, and the old name where that starts the same copy; returns the folders.</summary>
    /// <exception cref="KernelSpecException">There is none, or this program did not install it.</exception>
    public static IReadOnlyList<string> Remove(IReadOnlyList<string> places, string name)
    {
        var spec = List(places).FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KernelSpecException($"There is no kernel {name} in {string.Join(", ", places)}. `kernel list` shows those there are.");
        if (!spec.IsOurs)
        {
            throw new KernelSpecException(
                $"The kernel {name} in {spec.Folder} was not installed by this program: jupyter kernelspec remove {name} removes it.");
        }

        return Guarded(() =>
        {
            var removed = new List<string> { spec.Folder };
            var old = Path.Combine(Path.GetDirectoryName(spec.Folder)!, OldName);
            if (old != spec.Folder && HostOf(old) == Path.Combine(spec.Folder, "host"))
                removed.Add(old);
            foreach (var folder in removed)
                Directory.Delete(folder, recursive: true);
            return removed;
        });
    }

    /// <summary>
    /// Written beside its place and moved there, after the old one was moved aside: Jupyter never sees half a kernel, and
    /// where the new one cannot take its place the old one has it back.
    /// </summary>
    private static void Write(string folder, string host, bool withHost)
    {
        var kernels = Path.GetDirectoryName(folder)!;
        Leftovers.Remove(kernels, Draft);
        var (fresh, old) = (Path.Combine(kernels, Leftovers.Name(Draft)), Path.Combine(kernels, Leftovers.Name(Draft)));
        Directory.CreateDirectory(fresh);
        try
        {
            if (withHost)
                Copy(AppContext.BaseDirectory, Path.Combine(fresh, "host"));
            File.WriteAllText(Path.Combine(fresh, SpecFile), Json(host) + "\n");
            KernelLogo.Write(fresh);
            if (Directory.Exists(folder))
                Directory.Move(folder, old);
            try
            {
                Directory.Move(fresh, folder);
            }
            catch when (Directory.Exists(old))
            {
                Directory.Move(old, folder);
                throw;
            }

            if (Directory.Exists(old))
                Directory.Delete(old, recursive: true);
        }
        finally
        {
            if (Directory.Exists(fresh))
                Directory.Delete(fresh, recursive: true);
        }
    }

    private static string Json(string host)
    {
        var program = Path.Combine(host, Path.GetFileName(typeof(KernelSpecs).Assembly.Location));
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray(HostCommand.Muxer(), "exec", program, "kernel", "run", "{connection_file}"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",

            // Jupyter may kill a kernel, which would leave its files for debuggers behind.
            ["env"] = new JsonObject { [SessionCommand.Diagnostics] = "0" },
            ["metadata"] = new JsonObject { [Mark] = host },
        };
        return spec.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static KernelSpec? Read(string folder)
    {
        if (Parse(folder) is not { } spec)
            return null;
        var display = spec["display_name"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        return new KernelSpec(Path.GetFileName(folder), folder, display, HostOf(folder) is not null);
    }

    private static string? HostOf(string folder) =>
        Parse(folder)?["metadata"] is JsonObject metadata && metadata[Mark] is JsonValue value && value.TryGetValue<string>(out var host) ? host : null;

    private static JsonObject? Parse(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, SpecFile))) as JsonObject;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KernelSpecException($"The kernel's files cannot be written: {error.Message}");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._\-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValidName();
}
