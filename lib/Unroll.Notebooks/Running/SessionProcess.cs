using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json;
using System.Threading.Channels;
using Unroll.Notebooks.Sessions;

namespace Unroll.Notebooks.Running;

/// <summary>The process that runs one notebook, seen from the runner.</summary>
internal sealed class SessionProcess : IAsyncDisposable
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(5);

    private readonly string _pipeName = $"unroll-{Guid.NewGuid():n}";
    private readonly NamedPipeServerStream _pipe;
    private readonly Process _process;
    private readonly Channel<SessionEvent> _events = Channel.CreateUnbounded<SessionEvent>();
    private RawOutput? _rawOut;
    private RawOutput? _rawError;
    private Task? _start;
    private bool _started;

    /// <summary>Prepares a process that sees <paramref name="folder"/> as its current directory.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isForPerson">Whether a person is going to write the cells, who will want names completed.</param>
    public SessionProcess(string folder, bool isForPerson = false)
    {
        _pipe = new NamedPipeServerStream(
            _pipeName,
            PipeDirection.InOut,
            maxNumberOfServerInstances: 1,
            PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        string[] session = isForPerson ? [SessionHost.Verb, _pipeName, SessionHost.ForPerson] : [SessionHost.Verb, _pipeName];
        _process = new Process { StartInfo = HostCommand.Create(session, folder) };
    }

    /// <summary>What happens in the session; it completes when the process is gone.</summary>
    public ChannelReader<SessionEvent> Events => _events.Reader;

    /// <summary>The exit code of the process once it has ended.</summary>
    public int? ExitCode => _started && _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts the process, unless that was done before, and waits until it is connected.</summary>
    /// <exception cref="TimeoutException">It did not connect in time.</exception>
    public Task StartAsync(TimeSpan timeout, CancellationToken cancellation) =>
        _start ??= ConnectAsync(timeout, cancellation);

    private async Task ConnectAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        _process.Start();
        _started = true;
        _process.StandardInput.Close();
        _rawOut = new RawOutput(_process.StandardOutput, _pipeName);
        _rawError = new RawOutput(_process.StandardError, _pipeName);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        var exit = _process.WaitForExitAsync(limit.Token);
        var connection = _pipe.WaitForConnectionAsync(limit.Token);
        try
        {
            await (await Task.WhenAny(connection, exit).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }

        if (_pipe.IsConnected)
            _ = ReadEventsAsync();
        else
            _events.Writer.Complete();
    }

    /// <summary>Sends a request; a process that is gone is found out by its events ending.</summary>
    public async Task SendAsync(SessionRequest request, CancellationToken cancellation)
    {
        try
        {
            await _pipe.WriteAsync(SessionLine.Write(request), cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            await _events.Reader.Completion.WaitAsync(ExitTimeout, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What cell <paramref name="number"/> wrote past Console, once it has finished.</summary>
    public async Task<IReadOnlyList<(string Name, string Text, bool IsCut)>> RawOutputAsync(int number)
    {
        var texts = new List<(string Name, string Text, bool IsCut)>();
        foreach (var (name, raw) in new[] { ("stdout", _rawOut!), ("stderr", _rawError!) })
        {
            var (text, isCut) = await raw.TakeAsync(number).ConfigureAwait(false);
            if (text.Length > 0)
                texts.Add((name, text, isCut));
        }

        return texts;
    }

    /// <summary>What the process wrote on its standard error when it ended.</summary>
    public async Task<string> CrashTextAsync()
    {
        using var limit = new CancellationTokenSource(ExitTimeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await KillAsync().ConfigureAwait(false);
        }

        // What a cell had started may hold the stream open that we are about to read to its end.
        ProcessGroup.Kill(_process.Id);
        return _rawError is null ? "" : await _rawError.TakeRestAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the process and every process it started.</summary>
    public async Task KillAsync()
    {
        if (!_started)
            return;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in this moment.
        }

        ProcessGroup.Kill(_process.Id);
        await _process.WaitForExitAsync().WaitAsync(ExitTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        await _pipe.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task ReadEventsAsync()
    {
        try
        {
            using var reader = new StreamReader(_pipe, leaveOpen: true);
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                _events.Writer.TryWrite(SessionLine.Read<SessionEvent>(line));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or JsonException)
        {
            // A process that is killed may leave half a line; what it had said before is kept.
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }
}
