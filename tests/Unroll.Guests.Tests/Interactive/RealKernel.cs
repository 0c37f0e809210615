using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace Unroll.Guests.Tests.Interactive;

/// <summary>
/// The C# kernel of Microsoft.DotNet.Interactive, set up as VS Code and dotnet-repl set it up. It resolves paths against the
/// current directory and takes the console, so that all its tests are of one collection.
/// </summary>
internal sealed class RealKernel : IDisposable
{
    public const string Collection = "The real kernel";

    private readonly CompositeKernel _kernel;
    private readonly string _before = Directory.GetCurrentDirectory();

    public RealKernel(bool withPackages = false, string? folder = null)
    {
        Directory.SetCurrentDirectory(folder ?? Repository.LessonFolder);
        var csharp = new CSharpKernel().UseKernelHelpers().UseWho().UseValueSharing();
        if (withPackages)
            csharp.UseNugetDirective(Reference);
        _kernel = new CompositeKernel { csharp };
        _kernel.DefaultKernelName = csharp.Name;
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>What it shows.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<CellOutputs> RunAsync(string code)
    {
        var result = await _kernel.SendAsync(new SubmitCode(code), TestContext.Current.CancellationToken);
        if (result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
            throw new InvalidOperationException($"{failed.Message}\n{failed.Exception}\nin the cell\n{code}");
        return CellOutputs.Gather(result.Events.Select(Shown).OfType<JsonObject>());
    }

    public void Dispose()
    {
        _kernel.Dispose();
        Directory.SetCurrentDirectory(_before);
    }

    private static Task Reference(CSharpKernel kernel, IReadOnlyList<ResolvedPackageReference> packages)
    {
        kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
        return Task.CompletedTask;
    }

    private static JsonObject? Shown(KernelEvent happened) => happened switch
    {
        StandardOutputValueProduced printed => CellOutputs.Text(printed.FormattedValues.Single().Value),
        StandardErrorValueProduced printed => CellOutputs.Text(printed.FormattedValues.Single().Value),
        DisplayEvent shown => CellOutputs.Value(shown.FormattedValues.Select(view => KeyValuePair.Create(view.MimeType, (JsonNode?)view.Value))),
        _ => null,
    };
}
