using System.Reflection;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Server;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.KernelHost;

/// <summary>Runs a kernel's cells in a process of their own: the one the runner uses. When it ends, a new one begins.</summary>
internal sealed class KernelEngine(string folder, KernelLog log) : IKernelEngine, IAsyncDisposable
{
    private const string Gone = "A new process was started; the variables are gone: run the cells again that you need.";
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan InterruptTimeout = TimeSpan.FromSeconds(3);

    private KernelSession _session = new(folder);
    private Task _cell = Task.CompletedTask;
    private bool _isLossUnsaid;
    private bool _wasInterrupted;
    private bool _wasKilled;

    /// <inheritdoc/>
    public KernelDescription Description { get; } = Describe();

    /// <inheritdoc/>
    public async Task<ErrorRaised?> RunAsync(RunCell cell, Action<SessionEvent> show, CancellationToken cancellation)
    {
        await ReviveAsync().ConfigureAwait(false);
        if (_isLossUnsaid)
            show(new StreamWritten("stderr", $"The process of the notebook had ended since the last cell. {Gone}\n"));
        _isLossUnsaid = false;
        var run = _session.RunAsync(cell, show, cancellation);
        (_wasInterrupted, _wasKilled) = (false, false);
        _cell = run;
        var error = await run.ConfigureAwait(false);
        if (!await ReviveAsync().ConfigureAwait(false))
            return error;

        // It may end in the moment in which the cell has ended well.
        _isLossUnsaid = false;
        error ??= new ErrorRaised("ProcessEnded", "The process of the notebook ended after the cell had finished.", []);
        if (_wasInterrupted)
        {
            var why = _wasKilled
                ? $"The cell did not end within {InterruptTimeout.TotalSeconds:0} s of the interrupt, and its process was stopped."
                : "The cell could not be stopped without its process.";
            error = new ErrorRaised("Interrupted", why, [$"Interrupted: {why}"]);
        }

        return error with { Traceback = [.. error.Traceback, Gone] };
    }

    /// <inheritdoc/>
    public async Task<SessionEvent?> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        ValueReturned? value = null;
        var cell = new RunCell(0, expression, CellLanguage.CSharp);
        var error = await _session.RunAsync(cell, happened => value = happened as ValueReturned ?? value, cancellation).ConfigureAwait(false);
        return (SessionEvent?)error ?? value;
    }

    /// <inheritdoc/>
    public async Task<CodeCompleted> CompleteAsync(string code, int position, CancellationToken cancellation)
    {
        await ReviveAsync().ConfigureAwait(false);
        return await _session.AskAsync<CodeCompleted>(id => new CompleteCode(id, code, position), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<MimeBundle?> InspectAsync(string code, int position, bool isDetailed, CancellationToken cancellation)
    {
        await ReviveAsync().ConfigureAwait(false);
        return (await _session.AskAsync<CodeInspected>(id => new InspectCode(id, code, position, isDetailed), cancellation).ConfigureAwait(false)).Data;
    }

    /// <inheritdoc/>
    public async Task<Completeness> IsCompleteAsync(string code, CancellationToken cancellation)
    {
        try
        {
            if (_session.IsDead)
                return Completeness.Unknown;
            var answer = _session.AskAsync<CodeChecked>(id => new CheckCode(id, code), cancellation);
            return (await answer.WaitAsync(CheckTimeout, cancellation).ConfigureAwait(false)).Found;
        }
        catch (Exception error) when (error is TimeoutException or InvalidOperationException)
        {
            log.Write($"nobody could say whether a cell is complete: {error.Message}");
            return Completeness.Unknown;
        }
    }

    /// <inheritdoc/>
    public Task GiveInputAsync(GiveInput given) => _session.SendAsync(given, CancellationToken.None);

    /// <inheritdoc/>
    public async Task InterruptAsync(CancellationToken cancellation)
    {
        if (_cell.IsCompleted)
            return;
        _wasInterrupted = true;
        var (cell, session) = (_cell, _session);
        await session.SendAsync(new InterruptCell(), cancellation).ConfigureAwait(false);
        _ = KillLaterAsync(cell, session);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task KillLaterAsync(Task cell, KernelSession session)
    {
        await cell.WaitAsync(InterruptTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cell.IsCompleted)
            return;
        log.Write("a cell did not end after an interrupt; its process is stopped");
        _wasKilled = true;
        await session.KillAsync().ConfigureAwait(false);
    }

    /// <summary>Starts a new process where the one before has ended; whether it had.</summary>
    private async Task<bool> ReviveAsync()
    {
        if (!_session.IsDead)
            return false;
        log.Write("the process of the session has ended; a new one is started");
        await _session.DisposeAsync().ConfigureAwait(false);
        _session = new KernelSession(folder);
        _isLossUnsaid = true;
        return true;
    }

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
