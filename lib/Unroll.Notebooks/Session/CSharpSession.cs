using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.Session.FSharp;
using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Session.Packages.Natives;
using Unroll.Notebooks.Session.Values;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Runs cells one after the other, each seeing what the ones before declared, and tells what happens as events. Every
/// front end stands on this class; it knows neither files nor processes.
/// </summary>
internal sealed class CSharpSession : IDisposable
{
    private readonly Action<SessionEvent> _publish;
    private readonly ConsoleCapture _console;
    private readonly CellThread _thread = new();
    private readonly ScriptChain _scripts;
    private readonly PackageLoader _loader;
    private readonly SessionParts _parts;
    private readonly NestedWork _nested;

    /// <summary>
    /// Creates a session that takes over the console and tells <paramref name="publish"/> what happens.
    /// </summary>
    /// <param name="publish">Gets the events.</param>
    /// <param name="canBeInterrupted">Whether somebody may want to stop a cell and keep the variables.</param>
    /// <param name="folder">A folder that goes when the session is over.</param>
    public CSharpSession(Action<SessionEvent> publish, bool canBeInterrupted, string folder)
    {
        publish = new EventTap(publish).Publish;
        _publish = publish;
        _scripts = new ScriptChain(canBeInterrupted);
        var store = PackageStore.OfUser();
        _loader = new PackageLoader(_scripts.Loader, new NativeFolder(Path.Combine(folder, "natives"), store.Mended));
        var packages = new SessionPackages(store, _loader, publish, () => _scripts.WarmUp(isForPerson: false, CancellationToken.None));
        _parts = new SessionParts(_scripts, packages, new ValueStore(), new FSharpCells(_scripts, packages, publish));
        KernelWork.Current = _nested = new NestedWork(_parts, publish);
        _console = new ConsoleCapture(publish);
        SessionOutput.SendTo(publish, isForPerson: canBeInterrupted);
    }

    /// <summary>What a cell is called in errors and stack traces.</summary>
    public static string CellName(int cell) => string.Create(CultureInfo.InvariantCulture, $"Cell[{cell}]");

    /// <summary>Loads the compiler, so that the first cell does not wait for that.</summary>
    public void Start() => _scripts.Start();

    /// <summary>Makes the first cell faster, and for a person the first completion, unless something is wanted meanwhile.</summary>
    public void WarmUp(bool isForPerson, CancellationToken isWanted) => _scripts.WarmUp(isForPerson, isWanted);

    /// <summary>Runs one cell to its end. Whatever goes wrong in it becomes an event, never an exception.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="interruption">Stops the cell, wherever it is, and is what its code sees; the variables of earlier cells stay.</param>
    public void Run(CellSource cell, CancellationToken interruption = default)
    {
        ErrorRaised? error = null;
        _thread.Run(
            () =>
            {
                _console.Install();
                KernelInvocationContext.Begin(interruption);
                _nested.Begin(cell.Language, interruption);
                error = Run(new CellRun(_parts, _publish, interruption), cell);
            },
            interruption);
        if (error is not null)
            _publish(error);
        _publish(new CellFinished());
    }

    /// <summary>What fails while a cell's error is put into words must not end the thread that later cells want.</summary>
    private static ErrorRaised? Run(CellRun run, CellSource cell)
    {
        try
        {
            return run.Run(cell);
        }
        catch (Exception error)
        {
            var name = error.GetType().Name;
            return new ErrorRaised(name, error.Message, [$"{name}: {error.Message}", "   (while this cell's end was reported)"]);
        }
    }

    /// <summary>What <paramref name="code"/> means after the cells that ran.</summary>
    public SemanticModel Model(string code) => _scripts.Model(code);

    /// <summary>Gives the console back.</summary>
    public void Dispose()
    {
        _console.Dispose();
        _loader.Dispose();
        _scripts.Dispose();
    }
}
