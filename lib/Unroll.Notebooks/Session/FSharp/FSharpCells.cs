using System.Runtime.CompilerServices;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.FSharp;

/// <summary>
/// The F# of a session. The host brings no F# compiler: the first F# cell fetches it as a package, which the machine keeps,
/// so that notebooks in C# alone neither load nor carry it.
/// </summary>
internal sealed class FSharpCells(ScriptChain scripts, SessionPackages packages, Action<SessionEvent> publish)
{
    private static readonly PackageRequest Compiler = new("FSharp.Compiler.Service", "43.13.404");

    /// <summary>Nothing of the compiler's own is for cells.</summary>
    private static readonly string[] Hidden = [Compiler.Name];

    /// <summary>How long starting it may take, whatever time the cell has for itself: seconds on a machine that is busy.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private IFSharpCompiler? _compiler;

    /// <summary>The compiler, where a cell has used it.</summary>
    public IFSharpCompiler? Started => _compiler;

    /// <summary>The compiler, fetched and started where no cell has used it before.</summary>
    /// <exception cref="DirectiveException">It cannot be had.</exception>
    public IFSharpCompiler Start(int line, CancellationToken interruption)
    {
        if (_compiler is not null)
            return _compiler;
        try
        {
            var wanted = new PackageDirectives("", [(Compiler, line)], []);
            var fresh = packages.Add(wanted, interruption, isForHost: true);
            scripts.Refer(fresh.Where(package => !Hidden.Contains(package.Name, StringComparer.OrdinalIgnoreCase)));
        }
        catch (DirectiveException error)
        {
            throw new DirectiveException(
                $"This cell is in F#, whose compiler is fetched as a package: {error.Message.TrimEnd('.')}. Where it cannot be had, tag the cell skip-execution.", line);
        }

        publish(new RestoreStarted(StartLimit.TotalSeconds));
        try
        {
            return _compiler = Create();
        }
        finally
        {
            publish(new RestoreEnded());
        }
    }

    /// <summary>The assemblies of all packages that cells may use.</summary>
    public IReadOnlyList<string> Assemblies => packages.AssembliesBut(Hidden);

    /// <summary>A method of its own: nothing before it may need the package.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FSharpCompiler Create() => new();
}
