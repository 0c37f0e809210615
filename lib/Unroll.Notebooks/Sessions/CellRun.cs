using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Formatting;
using Unroll.Notebooks.Sessions.Language;
using Unroll.Notebooks.Sessions.Packages;

namespace Unroll.Notebooks.Sessions;

/// <summary>One cell while it runs: does its steps in order, and stops at the first that fails.</summary>
internal sealed class CellRun(
    ScriptChain scripts, SessionPackages packages, Action<SessionEvent> publish, CancellationToken cancellation)
{
    /// <summary>The files that are being imported, the outermost first.</summary>
    private readonly List<string> _importing = [];

    private Stopwatch? _watch;

    /// <summary>Runs the whole cell; returns its error, or null.</summary>
    public async Task<ErrorRaised?> RunAsync(CellSource cell)
    {
        var error = await RunStepsAsync(cell).ConfigureAwait(false);
        if (_watch is not null)
            Show(MimeBundle.OfText(string.Create(CultureInfo.InvariantCulture, $"Wall time: {_watch.Elapsed.TotalMilliseconds:0.0} ms")));
        return error;
    }

    private async Task<ErrorRaised?> RunStepsAsync(CellSource cell)
    {
        try
        {
            var steps = CellSplitter.Split(cell.Code, cell.Language);
            foreach (var command in steps.OfType<CommandStep>())
                CommandList.Check(command);
            for (var i = 0; i < steps.Count; i++)
            {
                var isLast = i == steps.Count - 1 && _importing.Count == 0;
                if (await RunAsync(steps[i], cell.Name, isLast).ConfigureAwait(false) is { } error)
                    return error;
            }

            return null;
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

    private async Task<ErrorRaised?> RunAsync(CellStep step, string cell, bool isLast)
    {
        switch (step)
        {
            case CodeStep code:
                return await RunCodeAsync(code, cell, isLast).ConfigureAwait(false);
            case CommandStep { Name: var name } command when CommandList.Find(name)?.Name is "import":
                return await ImportAsync(command, cell).ConfigureAwait(false);
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

    private async Task<ErrorRaised?> RunCodeAsync(CodeStep step, string cell, bool isLast)
    {
        var wanted = PackageDirectives.Take(step.Code, new CellSourceResolver(Directory.GetCurrentDirectory()));
        var references = await packages.AddAsync(wanted, cancellation).ConfigureAwait(false);
        var result = await scripts.RunAsync(cell, wanted.Code, references).ConfigureAwait(false);
        if (result.Error is { } error)
            return ErrorReport.OfException(error, cell);

        // A DisplayedValue is the handle to something on the page already: it is nothing more to show.
        if (!result.HasValue || result.Value is DisplayedValue)
            return null;
        var data = ValueFormatter.Format(result.Value, []);
        if (isLast)
            publish(new ValueReturned(data));
        else
            Show(data);
        return null;
    }

    /// <summary>Runs the cells of a file; the first that fails fails the cell that imports it.</summary>
    private async Task<ErrorRaised?> ImportAsync(CommandStep step, string cell)
    {
        var file = ImportedFile.Find(step);
        if (_importing.Contains(file.Path, StringComparer.Ordinal))
            throw new DirectiveException($"{file.Name} imports itself.", step.Line);
        _importing.Add(file.Path);
        foreach (var (where, source) in file.Read())
        {
            if (await RunStepsAsync(source).ConfigureAwait(false) is { } error)
                return ErrorReport.OfImport(error, where, cell, step.Line);
        }

        _importing.RemoveAt(_importing.Count - 1);
        return null;
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
