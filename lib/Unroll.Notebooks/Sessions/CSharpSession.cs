using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.Formatting;

namespace Unroll.Notebooks.Sessions;

/// <summary>
/// Runs C# cells one after the other, each seeing what the ones before declared, and tells what happens as events.
/// Every
/// front end stands on this class; it knows neither files nor processes.
/// </summary>
internal sealed class CSharpSession : IDisposable
{
    /// <summary>What cells are made of; it is compiled once, and never run.</summary>
    private const string WarmUp = """
        record Point(int X, string Name);
        int Twice(int n) => 2 * n;
        var points = new[] { 1, 2 }.Select(n => new Point(Twice(n), $"p{n}")).ToList();
        Console.WriteLine(points.Count);
        await Task.Yield();
        points
        """;

    private readonly Action<SessionEvent> _publish;
    private readonly ConsoleCapture _console;
    private readonly InteractiveAssemblyLoader _loader = new();
    private ScriptState<object>? _state;

    /// <summary>
    /// Creates a session that takes over the console and tells <paramref name="publish"/> what happens.
    /// </summary>
    public CSharpSession(Action<SessionEvent> publish)
    {
        _publish = publish;
        _loader.RegisterDependency(typeof(Kernel).Assembly);
        _console = new ConsoleCapture(publish);
        SessionOutput.SendTo(publish);
    }

    /// <summary>Loads the compiler and runs an empty cell, so that the first real one does not wait for that.</summary>
    public async Task StartAsync()
    {
        var script = CSharpScript.Create<object>("", Options(cell: 0), globalsType: null, _loader);
        _state = await script.RunAsync().ConfigureAwait(false);
        script.ContinueWith<object>(WarmUp, Options(cell: 0)).Compile();
    }

    /// <summary>Runs one cell to its end. Whatever goes wrong in it becomes an event, never an exception.</summary>
    /// <param name="cell">The number that error messages call the cell by.</param>
    /// <param name="code">The source of the cell.</param>
    public async Task RunAsync(int cell, string code)
    {
        _console.Install();
        try
        {
            await RunCheckedAsync(cell, code).ConfigureAwait(false);
        }
        catch (CompilationErrorException error)
        {
            _publish(ErrorReport.OfDiagnostics(error.Diagnostics, cell));
        }
        catch (Exception error)
        {
            _publish(ErrorReport.OfException(error, cell));
        }

        _publish(new CellFinished());
    }

    /// <summary>Gives the console back.</summary>
    public void Dispose()
    {
        _console.Dispose();
        _loader.Dispose();
    }

    private async Task RunCheckedAsync(int cell, string code)
    {
        var script = _state!.Script.ContinueWith<object>(Directives.Check(code, cell), Options(cell));
        var diagnostics = script.Compile();
        if (diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            throw new CompilationErrorException("", diagnostics);

        // Variables that were set before an error stay set, as in every notebook.
        var state = await script.RunFromAsync(_state, catchException: _ => true).ConfigureAwait(false);
        _state = state;

        // A DisplayedValue is the handle to something on the page already: it is nothing more to show.
        if (state.Exception is { } error)
            _publish(ErrorReport.OfException(error, cell));
        else if (state.ReturnValue is not DisplayedValue && TrailingValue.IsPresent(script.GetCompilation()))
            _publish(new ValueReturned(ValueFormatter.Format(state.ReturnValue, [])));
    }

    /// <summary>
    /// Paths are resolved against the current directory of this moment, as .NET Interactive does; a cell may have
    /// changed it.
    /// </summary>
    private static ScriptOptions Options(int cell)
    {
        var folder = Directory.GetCurrentDirectory();
        return BaseOptions
            .WithFilePath(CellName(cell))
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder))
            .WithSourceResolver(new CellSourceResolver(folder));
    }

    /// <summary>What a cell is called in errors and stack traces.</summary>
    public static string CellName(int cell) => $"Cell[{cell}]";

    private static readonly ScriptOptions BaseOptions = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithReferences(ScriptReferences.All)
        .WithImports(
            "System",
            "System.Text",
            "System.Collections",
            "System.Collections.Generic",
            "System.Threading.Tasks",
            "System.Linq",
            typeof(Kernel).FullName!)
        .WithEmitDebugInformation(true)
        .WithFileEncoding(System.Text.Encoding.UTF8)
        .WithAllowUnsafe(true);
}
