using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace Unroll.Notebooks.Wire;

/// <summary>The process that runs one notebook, seen from the runner.</summary>
internal sealed class NotebookProcess : IAsyncDisposable
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(5);

    private static bool _hasNoCultures;

    private readonly bool _isForPerson;
    private readonly CancellationTokenSource _over = new();
    private readonly Channel<SessionEvent> _events = Channel.CreateUnbounded<SessionEvent>();
    private SessionFolder? _files;
    private Process? _process;
    private RawOutput? _rawOut;
    private RawOutput? _rawError;
    private Task? _start;
    private string _folder;

    /// <summary>Prepares a process that sees <paramref name="folder"/> as its current directory.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isForPerson">Whether a person is going to write the cells, who will want names completed.</param>
    public NotebookProcess(string folder, bool isForPerson = false)
    {
        _folder = folder;
        _isForPerson = isForPerson;
    }

    /// <summary>What happens in the session; it completes when the process is gone.</summary>
    public ChannelReader<SessionEvent> Events => _events.Reader;

    /// <summary>What a person should know of how the process started, or null.</summary>
    public string? Remark { get; private set; }

    /// <summary>The exit code of the process once it has ended.</summary>
    public int? ExitCode => _process is { HasExited: true } process ? process.ExitCode : null;

    /// <summary>Starts the process, unless that was done before, and waits until it is connected.</summary>
    /// <exception cref="TimeoutException">It did not connect in time.</exception>
    /// <exception cref="IOException">What it needs cannot be written.</exception>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public Task StartAsync(TimeSpan timeout, CancellationToken cancellation) =>
        _start ??= Task.Run(() => StartOnceAsync(timeout, cancellation), CancellationToken.None);

    /// <summary>Makes <paramref name="folder"/> the current directory of a process that has started, where it is not.</summary>
    public async Task EnterAsync(string folder, CancellationToken cancellation)
    {
        if (folder == _folder)
            return;
        _folder = folder;
        await SendAsync(new EnterFolder(folder), cancellation).ConfigureAwait(false);
    }

    private async Task StartOnceAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            _over.Token.ThrowIfCancellationRequested();
            _files = new SessionFolder();
            var isConnected = await ConnectAsync(_files, timeout, cancellation).ConfigureAwait(false);
            if (!isConnected && !_hasNoCultures && (await CrashTextAsync().ConfigureAwait(false)).Contains("ICU", StringComparison.Ordinal))
            {
                _hasNoCultures = true;
                Remark = "ICU is not installed on this machine (Debian's package is libicu-dev): cells know the invariant culture alone";
                isConnected = await ConnectAsync(_files, timeout, cancellation).ConfigureAwait(false);
            }

            if (isConnected)
                _ = ReadEventsAsync(_files.Pipe);
            else
                _events.Writer.Complete();
        }
        catch
        {
            // Whoever waits for what happens in the session must not wait for ever.
            _events.Writer.TryComplete();
            throw;
        }
    }

    private async Task<bool> ConnectAsync(SessionFolder files, TimeSpan timeout, CancellationToken cancellation)
    {
        _process = new Process { StartInfo = Command(files) };
        _process.Start();
        _process.StandardInput.Close();
        _rawOut = new RawOutput(_process.StandardOutput, files.PipeName);
        _rawError = new RawOutput(_process.StandardError, files.PipeName);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _over.Token);
        limit.CancelAfter(timeout);
        var exit = _process.WaitForExitAsync(limit.Token);
        var connection = files.Pipe.WaitForConnectionAsync(limit.Token);
        try
        {
            await (await Task.WhenAny(connection, exit).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }

        if (!files.Pipe.IsConnected)
        {
            await limit.CancelAsync().ConfigureAwait(false);
            await connection.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return files.Pipe.IsConnected;
    }

    private ProcessStartInfo Command(SessionFolder files)
    {
        var start = HostCommand.Create(SessionCommand.Arguments(files.PipeName, _isForPerson), _folder, files.RuntimeConfig);

        // A session is killed, not ended: each would leave three files for debuggers in the folder for temporary files.
        start.Environment.TryAdd(SessionCommand.Diagnostics, "0");
        if (_hasNoCultures)
            start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        return start;
    }

    /// <summary>Sends a request; where the process is gone, its events end.</summary>
    public async Task SendAsync(SessionRequest request, CancellationToken cancellation)
    {
        try
        {
            await _files!.Pipe.WriteAsync(SessionLine.Write(request), cancellation).ConfigureAwait(false);
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
            var (text, isCut) = await raw.ReadCellAsync(number).ConfigureAwait(false);
            if (text.Length > 0)
                texts.Add((name, text, isCut));
        }

        return texts;
    }

    /// <summary>What the process wrote on its standard error when it ended.</summary>
    public async Task<string> CrashTextAsync()
    {
        if (_process is null)
            return "";
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
        return _rawError is null ? "" : await _rawError.ReadRestAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the process and every process it started.</summary>
    public async Task KillAsync()
    {
        if (_rawError is null || _process is null)
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
        // A process that is just being started is waited for, or nobody would end it.
        await _over.CancelAsync().ConfigureAwait(false);
        if (_start is not null)
            await _start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await KillAsync().ConfigureAwait(false);
        if (_files is not null)
            await _files.DisposeAsync().ConfigureAwait(false);
        _process?.Dispose();
        _over.Dispose();
    }

    private async Task ReadEventsAsync(Stream pipe)
    {
        try
        {
            using var reader = new StreamReader(pipe, leaveOpen: true);
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (Read(line) is { } happened)
                    _events.Writer.TryWrite(happened);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The process was killed; what it had said before is kept.
        }
        finally
        {
            _events.Writer.TryComplete();
        }
    }

    /// <summary>A process that is killed may leave half a line, which is skipped.</summary>
    private static SessionEvent? Read(string line)
    {
        try
        {
            return SessionLine.Read<SessionEvent>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
