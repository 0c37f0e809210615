using System.ComponentModel;
using System.Diagnostics;
using System.Xml.Linq;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>A project that is there only to be restored: the SDK decides about versions, sources and assets.</summary>
/// <param name="work">A folder for the project.</param>
/// <param name="query">What is wanted.</param>
/// <param name="sources">Folders to look into.</param>
/// <param name="areOnlySources">Whether they stand in for the machine's own sources, and are not beside them.</param>
internal sealed class RestoreProject(string work, PackageQuery query, IReadOnlyList<string> sources, bool areOnlySources)
{
    private const string ProjectName = "packages.csproj";

    /// <summary>Advice for projects: a package that .NET brings along may be asked for all the same.</summary>
    private const string ProjectAdvice = "NU1510";

    /// <summary>What a build that started us leaves in the environment would lead this one astray.</summary>
    private static readonly string[] BuildVariables =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];

    /// <summary>Writes the project, restores it and reads what came of it.</summary>
    /// <exception cref="RestoreException">The sources do not have it all, or there is no SDK to ask them.</exception>
    public async Task<PackageSet> RunAsync(CancellationToken cancellation)
    {
        WriteProject();
        string[] restore = ["restore", ProjectName, "--disable-build-servers", "-nologo", "-tl:off", "-clp:NoSummary", "-v:m"];
        var (exitCode, output) = await RunSdkAsync(restore, work, cancellation).ConfigureAwait(false);
        var messages = RestoreMessage.ReadAll(output);
        var assets = Path.Combine(work, "obj", "project.assets.json");
        if (exitCode == 0 && File.Exists(assets))
            return AssetsFile.Read(assets, [.. messages.Where(message => !message.IsError)]);

        var names = await SourceNamesAsync(cancellation).ConfigureAwait(false);
        throw RestoreException.Of(query, messages, names, output);
    }

    private void WriteProject()
    {
        // An empty file of each kind keeps those of the folders above out.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            File.WriteAllText(Path.Combine(work, name), "<Project />");

        var properties = new XElement("PropertyGroup",
            new XElement("TargetFramework", Platform.Framework),
            new XElement("RuntimeIdentifier", Platform.Rid),
            new XElement("SelfContained", "false"),
            new XElement("UseAppHost", "false"),
            new XElement("NuGetAudit", "false"),
            new XElement("NoWarn", ProjectAdvice),
            new XElement("RestoreRootConfigDirectory", query.ConfigFolder),
            new XElement(areOnlySources ? "RestoreSources" : "RestoreAdditionalProjectSources", string.Join(';', [.. query.Sources, .. sources])));

        // Exactly the version that is loaded: anything else would be another assembly of the same name.
        var items = query.Held.Select(package => Reference(package.Name, $"[{package.Version}]"))
            .Concat(query.Packages.Select(package => Reference(package.Name, package.Version)))
            .Concat(OtherPlatforms.Packages.Select(Pruned));
        new XDocument(new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"), properties, new XElement("ItemGroup", items)))
            .Save(Path.Combine(work, ProjectName));
    }

    private static XElement Reference(string name, string version) =>
        new("PackageReference", new XAttribute("Include", name), new XAttribute("Version", version));

    /// <summary>Left out, in every version, where only another package asks for it.</summary>
    private static XElement Pruned(string name) =>
        new("PrunePackageReference", new XAttribute("Include", name), new XAttribute("Version", "9999.0.0"));

    /// <summary>Names of sources by their addresses, to tell the ones and not the others.</summary>
    private async Task<IReadOnlyList<(string Name, string Address)>> SourceNamesAsync(CancellationToken cancellation)
    {
        var names = new List<(string, string)>();
        var (_, output) = await RunSdkAsync(["nuget", "list", "source"], query.ConfigFolder, cancellation).ConfigureAwait(false);
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        for (var i = 0; i < lines.Length - 1; i++)
        {
            // A line "1. name [Enabled]", and its address on the next.
            var dot = lines[i].IndexOf('.', StringComparison.Ordinal);
            if (dot > 0 && lines[i].EndsWith(']') && lines[i][..dot].All(char.IsAsciiDigit))
                names.Add((lines[i][(dot + 1)..lines[i].LastIndexOf('[')].Trim(), lines[i + 1]));
        }

        return names;
    }

    private static async Task<(int ExitCode, string Output)> RunSdkAsync(
        string[] arguments, string folder, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = HostCommand.DotNet(arguments, folder) };
        var environment = process.StartInfo.Environment;
        foreach (var name in BuildVariables)
            environment.Remove(name);
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "true";

        // It lives for a second: counting for a profile would take a twentieth of that.
        environment["DOTNET_TieredPGO"] = "0";
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new RestoreException($"Packages are restored by the .NET SDK, which cannot be started here: {error.Message}.");
        }

        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false) + await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
