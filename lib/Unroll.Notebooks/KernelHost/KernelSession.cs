using System.Collections.Concurrent;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.KernelHost;

/// <summary>One session's process as a kernel sees it: hands each event to the cell it belongs to, as it comes.</summary>
internal sealed class KernelSession : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly NotebookProcess _process;
    private readonly Task _pump;
    private readonly Lock _gate = new();
    private KernelCell? _cell;
    private KernelCell? _cellBefore;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<CodeAnswer>> _questions = new();
    private int _lastQuestion;

    /// <summary>Starts a process that sees <paramref name="folder"/> as its current directory.</summary>
    public KernelSession(string folder)
    {
        _process = new NotebookProcess(folder, isForPerson: true);
        _pump = PumpAsync();
    }

    /// <summary>Whether the process has ended.</summary>
    public bool IsDead => _pump.IsCompleted;

    /// <summary>Runs a cell; returns its error, or null. A process that ends with it leaves the session dead.</summary>
    public async Task<ErrorRaised?> RunAsync(RunCell request, Action<SessionEvent> show, CancellationToken cancellation)
    {
        var cell = new KernelCell(request.Cell, show, stop: () => _ = SendAsync(new InterruptCell(), CancellationToken.None));
        lock (_gate)
            (_cellBefore, _cell) = (_cell, cell);
        await SendAsync(request, cancellation).ConfigureAwait(false);
        if (await Task.WhenAny(cell.End, _pump).WaitAsync(cancellation).ConfigureAwait(false) != cell.End && !cell.End.IsCompleted)
            return CrashReport.Of(await _process.CrashTextAsync().ConfigureAwait(false), _process.ExitCode);
        foreach (var (name, text, isCut) in await _process.RawOutputAsync(request.Cell).ConfigureAwait(false))
        {
            show(new StreamWritten(name, text));
            if (isCut)
                cell.Fail(CrashReport.OfOutputLimit(OutputCut.CellLimit));
        }

        return cell.Error;
    }

    /// <summary>Asks about code that does not run.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<int, SessionRequest> question, CancellationToken cancellation)
        where TAnswer : CodeAnswer
    {
        var answer = new TaskCompletionSource<CodeAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = Interlocked.Increment(ref _lastQuestion);
        _questions[id] = answer;
        try
        {
            await SendAsync(question(id), cancellation).ConfigureAwait(false);
            await Task.WhenAny(answer.Task, _pump).WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _questions.TryRemove(id, out _);
        }

        if (!answer.Task.IsCompleted)
            throw new InvalidOperationException($"The session's process has ended: {await _process.CrashTextAsync().ConfigureAwait(false)}");
        var given = await answer.Task.ConfigureAwait(false);
        return given.Fault is { } why ? throw new InvalidOperationException(why) : (TAnswer)given;
    }

    /// <summary>Sends a request once the process is connected.</summary>
    public async Task SendAsync(SessionRequest request, CancellationToken cancellation)
    {
        await _process.StartAsync(StartTimeout, CancellationToken.None).WaitAsync(cancellation).ConfigureAwait(false);
        await _process.SendAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends the process at once.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task PumpAsync()
    {
        await _process.StartAsync(StartTimeout, CancellationToken.None).ConfigureAwait(false);
        await foreach (var happened in _process.Events.ReadAllAsync().ConfigureAwait(false))
        {
            if (happened is CodeAnswer answer)
            {
                if (_questions.TryGetValue(answer.Id, out var question))
                    question.TrySetResult(answer);
                continue;
            }

            KernelCell? cell;
            lock (_gate)
                cell = happened is not Notice && happened.Cell == _cellBefore?.Number && happened.Cell != _cell?.Number ? _cellBefore : _cell;

            try
            {
                cell?.Handle(happened);
            }
            catch (Exception error)
            {
                // One event that cannot be passed on must not end the session for all that follow.
                cell?.Handle(new StreamWritten("stderr", $"An output of this cell cannot be shown: {error.Message}\n"));
            }
        }
    }
}
