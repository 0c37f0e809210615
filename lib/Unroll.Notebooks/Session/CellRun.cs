using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// One cell while it runs: does its steps in order, and stops at the first that fails. All of it happens on the thread
/// that cells have, which has room for deep recursion.
/// </summary>
internal sealed class CellRun(
    ScriptChain scripts, SessionPackages packages, Action<SessionEvent> publish, CancellationToken interruption)
{
    /// <summary>The files that are being imported, the outermost first.</summary>
    private readonly List<string> _importing = [];

    private readonly InterruptibleRun _run = new(interruption);
    private Stopwatch? _watch;

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
        catch (Exception) when (interruption.IsCancellationRequested)
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
            case CommandStep { Name: var name } command when CommandList.Find(name)?.Name is "import":
                return Import(command, cell);
            case CommandStep { Name: var name } when CommandList.Find(name)?.Name is "time":
                _watch ??= Stopwatch.StartNew();
                return null;
            case CommandStep command:
                Show(InfoCommands.Run(command, scripts));
                return null;
            case ContentStep content:
                Show(Content(content));
                return null;
            default:
                Skip((ForeignStep)step, cell);
                return null;
        }
    }

    private ErrorRaised? RunCode(CodeStep step, string cell, bool isLast)
    {
        var wanted = PackageDirectives.Extract(step.Code, new CellSourceResolver(Directory.GetCurrentDirectory()));
        var references = packages.Add(wanted, interruption);
        var result = scripts.Run(cell, wanted.Code, references, _run, interruption);
        if (result.Error is { } error)
            return ErrorReport.OfException(error, cell);

        // A DisplayedValue is the handle to something on the page already: it is nothing more to show.
        if (!result.HasValue || result.Value is DisplayedValue)
            return null;
        var data = _run.Run(() => Task.FromResult(ValueRenderer.Render(result.Value, [])));
        if (isLast)
            publish(new ValueReturned(data));
        else
            Show(data);
        return null;
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
            scripts.AddLibrary(file, source.Code, interruption);
            return null;
        }
        catch (CompilationErrorException error)
        {
            return ErrorReport.OfDiagnostics(error.Diagnostics, source.Name);
        }
    }

    private static MimeBundle Content(ContentStep step) => step.Language switch
    {
        "html" => new MimeBundle { [MimeBundle.Html] = step.Text },
        "javascript" => new MimeBundle { [MimeBundle.Html] = Kernel.ScriptTag(step.Text) },
        "markdown" => new MimeBundle { [MimeBundle.Markdown] = step.Text, [MimeBundle.Plain] = step.Text },
        var other => throw new NotSupportedException($"{other} has nothing to be shown as."),
    };

    /// <summary>Said where the reader looks, and where the person who runs notebooks does.</summary>
    private void Skip(ForeignStep step, string cell)
    {
        var text = $"{cell}, line {step.Line.ToString(CultureInfo.InvariantCulture)}: {step.Language} was skipped; this host "
            + $"runs C#, and shows HTML, JavaScript and Markdown ({CommandList.Languages})";
        publish(new StreamWritten("stderr", text + "\n"));
        publish(new Notice(text));
    }

    private void Show(MimeBundle data) => publish(new Displayed(data, Guid.NewGuid().ToString("n")));
}
