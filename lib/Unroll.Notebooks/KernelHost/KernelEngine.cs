using System.Reflection;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Server;
using Unroll.Notebooks.Session;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.KernelHost;

/// <summary>Runs a kernel's cells in a process of their own: the one the runner uses. When it ends, a new one begins.</summary>
internal sealed class KernelEngine(string folder, KernelLog log) : IKernelEngine, IAsyncDisposable
{
    private const string Language = CellLanguage.CSharp;
    private const string Gone = "A new process was started; the variables are gone: run the cells again that you need.";
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan InterruptTimeout = TimeSpan.FromSeconds(3);

    private KernelSession _link = new(folder);
    private Task _cell = Task.CompletedTask;
    private bool _wasInterrupted;
    private bool _wasKilled;

    /// <inheritdoc/>
    public KernelDescription Description { get; } = Describe();

    /// <inheritdoc/>
    public async Task<ExecutionResult> ExecuteAsync(
        string code, ExecutionOptions options, IExecutionSink sink, CancellationToken cancellation)
    {
        if (await ReviveAsync().ConfigureAwait(false))
            sink.Write(isError: true, $"The process of the notebook had ended since the last cell. {Gone}\n");
        if (HelpRequest.Of(code) is { } help)
            return await HelpAsync(help, sink, cancellation).ConfigureAwait(false);
        var run = _link.RunAsync(new RunCell(options.ExecutionCount, code, Language) { AllowsInput = options.AllowsInput }, sink, cancellation);
        (_wasInterrupted, _wasKilled) = (false, false);
        _cell = run;
        var error = await run.ConfigureAwait(false);
        if (!await ReviveAsync().ConfigureAwait(false))
            return error is null ? ExecutionResult.Ok : new ExecutionResult(Translate(error));

        // It may end in the moment in which the cell has ended well.
        error ??= new ErrorRaised("ProcessEnded", "The process of the notebook ended behind the cell.", []);
        if (_wasInterrupted)
        {
            var why = _wasKilled
                ? $"The cell did not end within {InterruptTimeout.TotalSeconds:0} s of the interrupt, and its process was stopped."
                : "The cell could not be stopped without its process.";
            error = new ErrorRaised("Interrupted", why, [$"Interrupted: {why}"]);
        }

        return new ExecutionResult(Translate(error) with { Traceback = [.. error.Traceback, Gone] });
    }

    /// <inheritdoc/>
    public async Task<EvaluationResult> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        var value = new ValueSink();
        var error = await _link.RunAsync(new RunCell(0, expression, Language), value, cancellation).ConfigureAwait(false);
        return error is null ? new EvaluationResult(value.Value ?? MimeData.Empty) : new EvaluationResult(Translate(error));
    }

    /// <inheritdoc/>
    public async Task<CompletionResult> CompleteAsync(string code, int position, CancellationToken cancellation)
    {
        await ReviveAsync().ConfigureAwait(false);
        var answer = await _link.AskAsync(id => new CompleteCode(id, code, position), cancellation).ConfigureAwait(false);
        var found = (CodeCompleted)answer;
        return new CompletionResult([.. found.Items.Select(item => new Completion(item.Text, item.Kind, item.Signature))], found.Start, found.End);
    }

    /// <inheritdoc/>
    public async Task<MimeData?> InspectAsync(string code, int position, bool isDetailed, CancellationToken cancellation)
    {
        await ReviveAsync().ConfigureAwait(false);
        var answer = await _link.AskAsync(id => new InspectCode(id, code, position, isDetailed), cancellation).ConfigureAwait(false);
        return ((CodeInspected)answer).Data is { } data ? MimeData.OfTexts(data) : null;
    }

    /// <inheritdoc/>
    public async Task<CompletenessResult> IsCompleteAsync(string code, CancellationToken cancellation)
    {
        var found = Completeness.Unknown;
        try
        {
            if (!_link.IsDead)
                found = ((CodeChecked)await _link.AskAsync(id => new CheckCode(id, code), cancellation).WaitAsync(CheckTimeout, cancellation).ConfigureAwait(false)).Found;
        }
        catch (Exception error) when (error is TimeoutException or InvalidOperationException)
        {
            log.Write($"nobody could say whether a cell is complete: {error.Message}");
        }

        return new CompletenessResult(found.Status, found.Indent);
    }

    /// <inheritdoc/>
    public async Task InterruptAsync(CancellationToken cancellation)
    {
        if (_cell.IsCompleted)
            return;
        _wasInterrupted = true;
        var (cell, link) = (_cell, _link);
        await link.SendAsync(new InterruptCell(), cancellation).ConfigureAwait(false);
        _ = KillLaterAsync(cell, link);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private async Task<ExecutionResult> HelpAsync(HelpRequest help, IExecutionSink sink, CancellationToken cancellation)
    {
        var text = await InspectAsync(help.Expression, help.Expression.Length, help.IsDetailed, cancellation).ConfigureAwait(false);
        if (text is null)
            sink.Write(isError: true, $"Nothing is known as {help.Expression}.\n");
        else
            sink.Page(text, firstLine: 0);
        return ExecutionResult.Ok;
    }

    private async Task KillLaterAsync(Task cell, KernelSession link)
    {
        await cell.WaitAsync(InterruptTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cell.IsCompleted)
            return;
        log.Write("a cell did not end after an interrupt; its process is stopped");
        _wasKilled = true;
        await link.KillAsync().ConfigureAwait(false);
    }

    /// <summary>Starts a new process where the one before has ended; whether it had.</summary>
    private async Task<bool> ReviveAsync()
    {
        if (!_link.IsDead)
            return false;
        log.Write("the process of the session has ended; a new one is started");
        await _link.DisposeAsync().ConfigureAwait(false);
        _link = new KernelSession(folder);
        return true;
    }

    private static KernelError Translate(ErrorRaised error) => new(error.Name, error.Value, error.Traceback);

    private static KernelDescription Describe()
    {
        var version = typeof(KernelEngine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "1.0.0";
        var plain = version.Split('+')[0];
        return new KernelDescription("unroll-csharp", plain, "14.0", $"C# 14 on .NET {Environment.Version}, Unroll notebooks {plain}")
        {
            HelpLinks = [("C# language reference", "https://learn.microsoft.com/dotnet/csharp/")],
        };
    }
}
