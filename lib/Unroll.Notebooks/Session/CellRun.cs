using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session.FSharp;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Session.Values;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// One cell while it runs: does its steps in order, and stops at the first that fails. All of it happens on the thread
/// that cells have, which has room for deep recursion.
/// </summary>
internal sealed class CellRun
{
    /// <summary>The files that are being imported, the outermost first.</summary>
    private readonly List<string> _importing = [];

    private readonly SessionParts _parts;
    private readonly Action<SessionEvent> _publish;
    private readonly CancellationToken _interruption;
    private readonly InterruptibleRun _run;
    private readonly ValueDirectives _values;
    private Stopwatch? _watch;

    /// <summary>Prepares a run that <paramref name="interruption"/> ends and that tells <paramref name="publish"/> what it shows.</summary>
    public CellRun(SessionParts parts, Action<SessionEvent> publish, CancellationToken interruption)
    {
        (_parts, _publish, _interruption) = (parts, publish, interruption);
        _run = new InterruptibleRun(interruption);
        _values = new ValueDirectives(Holder, parts.Store, publish, interruption);
    }

    /// <summary>Gets the value of the cell and of each piece of it, as the object that it is, where somebody wants that.</summary>
    public Action<object?, MimeBundle>? Returned { get; init; }

    /// <summary>What has the values of a language; null where this host has none of it.</summary>
    public IValueHolder? Holder(string language, int line = 1) => language switch
    {
        CellLanguage.CSharp => new CSharpValues(_parts.Scripts, _run, _interruption),
        CellLanguage.Value => _parts.Store,
        CellLanguage.FSharp => new FSharpValues(_parts.FSharp, line, _interruption),
        _ => null,
    };

    /// <summary>Runs the whole cell; returns its error, or null.</summary>
    public ErrorRaised? Run(CellSource cell)
    {
        var error = RunSteps(cell);
        if (_watch is not null)
            Show(MimeBundle.OfText(string.Create(CultureInfo.InvariantCulture, $"Wall time: {_watch.Elapsed.TotalMilliseconds:0.0} ms")));
        return error;
    }

    private ErrorRaised? RunSteps(CellSource cell)
    {
        try
        {
            var steps = CellSplitter.Split(cell.Code, cell.Language);
            foreach (var command in steps.OfType<CommandStep>())
                CommandList.Check(command);
            for (var i = 0; i < steps.Count; i++)
            {
                var isLast = i == steps.Count - 1 && _importing.Count == 0;
                if (Run(steps[i], cell.Name, isLast) is { } error)
                    return error;
            }

            return null;
        }
        catch (Exception) when (_interruption.IsCancellationRequested)
        {
            // A thread that is stopped between any two instructions may fail in ways of its own on its way out.
            return ErrorReport.OfInterruption();
        }
        catch (CompilationErrorException error)
        {
            return ErrorReport.OfDiagnostics(error.Diagnostics, cell.Name);
        }
        catch (Exception error)
        {
            return ErrorReport.OfException(error, cell.Name);
        }
    }

    private ErrorRaised? Run(CellStep step, string cell, bool isLast)
    {
        switch (step)
        {
            case CodeStep code:
                return RunCode(code, cell, isLast);
            case CommandStep command:
                return RunCommand(command, cell);
            case ValueStep value:
                _values.Keep(value);
                return null;
            case ContentStep content:
                Show(PageContent.Of(content, _values));
                return null;
            case FSharpStep fsharp:
                return RunFSharp(fsharp, cell, isLast);
            default:
                Skip(step.Line, ((ForeignStep)step).Language, cell);
                return null;
        }
    }

    private ErrorRaised? RunCommand(CommandStep step, string cell)
    {
        var command = CommandList.Find(step.Name)!;
        if (CommandList.IsHelp(step))
        {
            Show(InfoCommands.Help(command));
            return null;
        }

        if (command.Own is { } own)
        {
            var sent = OwnCommandReader.Read(own, command, step, _values);
            _run.Run(() => own.Handler(sent, KernelInvocationContext.Current));
            return null;
        }

        switch (command.Name)
        {
            case "import":
                return Import(step, cell);
            case "time":
                _watch ??= Stopwatch.StartNew();
                return null;
            case "share":
                _values.Share(step);
                return null;
            case "set":
                _values.Set(step);
                return null;
            default:
                Show(InfoCommands.Run(command.Name, Holder(step.Language, step.Line)));
                return null;
        }
    }

    private ErrorRaised? RunCode(CodeStep step, string cell, bool isLast)
    {
        var wanted = PackageDirectives.Extract(Resolved(step.Code), new CellSourceResolver(Directory.GetCurrentDirectory()));
        var references = ScriptChain.References(_parts.Packages.Add(wanted, _interruption));
        var result = _parts.Scripts.Run(cell, wanted.Code, [.. references], _run, _interruption);
        if (result.Error is { } error)
            return ErrorReport.OfException(error, cell);

        if (result.HasValue)
            Return(result.Value, isLast);
        return null;
    }

    private string Resolved(string code) => ReferenceExpressions.Resolve(code, (option, line) => _values.Text(option, line, "reference"));

    private ErrorRaised? RunFSharp(FSharpStep step, string cell, bool isLast)
    {
        var compiler = _parts.FSharp.Start(step.Line, _interruption);
        var wanted = FSharpDirectives.Extract(Resolved(step.Code));
        _parts.Scripts.Refer(_parts.Packages.Add(wanted, _interruption));
        var result = _run.Run(() => Task.FromResult(compiler.Run(cell, wanted.Code, _parts.FSharp.Assemblies)));
        if (result.Failure is { } failure)
            return failure;
        if (result.Error is { } error)
            return ErrorReport.OfException(error, cell);
        if (result.HasValue)
            Return(result.Value, isLast);
        return null;
    }

    /// <summary>A DisplayedValue is the handle to something on the page already: it is nothing more to show.</summary>
    private void Return(object? value, bool isLast)
    {
        if (value is DisplayedValue)
            return;
        var data = _run.Run(() => Task.FromResult(ValueRenderer.Render(value, [])));
        Returned?.Invoke(value, data);
        if (isLast)
            _publish(new ValueReturned(data));
        else
            Show(data);
    }

    /// <summary>Runs the cells of a file; the first that fails fails the cell that imports it.</summary>
    private ErrorRaised? Import(CommandStep step, string cell)
    {
        var file = ImportedFile.Find(step, _importing.LastOrDefault());
        if (_importing.Contains(file.Path, StringComparer.Ordinal))
            throw new DirectiveException($"{file.Name} imports itself.", step.Line);
        _importing.Add(file.Path);
        foreach (var (where, source) in file.Read())
        {
            var error = file.IsCSharp && ImportedLibrary.IsNeededFor(source.Code) ? Load(file.Name, source) : RunSteps(source);
            if (error is not null)
                return ErrorReport.OfImport(error, where, cell, step.Line);
        }

        _importing.RemoveAt(_importing.Count - 1);
        return null;
    }

    /// <summary>A file with namespaces, which are not for scripts.</summary>
    private ErrorRaised? Load(string file, CellSource source)
    {
        try
        {
            _parts.Scripts.AddLibrary(file, source.Code, _interruption);
            return null;
        }
        catch (CompilationErrorException error)
        {
            return ErrorReport.OfDiagnostics(error.Diagnostics, source.Name);
        }
    }

    /// <summary>Said where the reader looks, and where the person who runs notebooks does.</summary>
    private void Skip(int line, string language, string cell)
    {
        var text = $"{cell}, line {line.ToString(CultureInfo.InvariantCulture)}: {language} was skipped; this host runs C# and F#, "
            + $"shows HTML, JavaScript, Markdown and Mermaid, and keeps values ({CommandList.Languages})";
        _publish(new StreamWritten("stderr", text + "\n"));
        _publish(new Notice(text));
    }

    private void Show(MimeBundle data) => _publish(new Displayed(data, Guid.NewGuid().ToString("n")));
}
