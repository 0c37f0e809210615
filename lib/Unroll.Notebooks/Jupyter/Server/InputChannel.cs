using System.Net;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>stdin: asks the front end that sent a cell for a line, one question at a time.</summary>
internal sealed class InputChannel : IAsyncDisposable
{
    private const int RememberedQuestions = 64;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(50);

    private readonly MessageCodec _codec;
    private readonly KernelLog _log;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly Queue<string> _answered = new();
    private Question? _open;

    /// <summary>Binds to <paramref name="address"/>.</summary>
    public InputChannel(EndPoint address, MessageCodec codec, KernelLog log, KnownHosts hosts)
    {
        _codec = codec;
        _log = log;
        Socket = new RouterSocket(address, ZmtpLimits.Requests, log, ReceiveAsync, hosts);
    }

    /// <summary>Its socket.</summary>
    public RouterSocket Socket { get; }

    /// <summary>Asks the sender of <paramref name="request"/> for a line.</summary>
    public async Task<string?> AskAsync(WireMessage request, string prompt, bool isPassword, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await WaitForAsync(request.Identities[0], cancellation).ConfigureAwait(false);
            var answer = Send(request, prompt, isPassword);
            return await answer.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                Forget();
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Socket.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private Task<string?> Send(WireMessage request, string prompt, bool isPassword)
    {
        var content = OutgoingContent.Create("input_request", new InputRequest(prompt, isPassword));
        var (frames, id) = _codec.Encode(request.Identities, content, request.RawHeader);
        var question = new Question(id, request.Identities[0], new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
            _open = question;
        if (!Socket.TrySend(frames))
            throw Nobody();
        return question.Answer.Task;
    }

    /// <summary>A front end connects its sockets in any order: the cell may be here before its stdin is.</summary>
    private async Task WaitForAsync(byte[] identity, CancellationToken cancellation)
    {
        var limit = Environment.TickCount64 + (long)ConnectTimeout.TotalMilliseconds;
        while (!Socket.Knows(identity))
        {
            if (Environment.TickCount64 > limit)
                throw Nobody();
            await Task.Delay(ConnectPause, cancellation).ConfigureAwait(false);
        }
    }

    private ValueTask ReceiveAsync(ZmtpPeer peer, byte[][] frames, CancellationToken cancellation)
    {
        if (!_codec.TryDecode(frames, out var message, out var problem))
        {
            _log.Drop($"stdin: a message was dropped: {problem}");
            return ValueTask.CompletedTask;
        }

        peer.Prove();
        if (message.Header.MsgType is not "input_reply")
            _log.Drop("stdin: a message that is not an input_reply was dropped");
        else
            Accept(message);
        return ValueTask.CompletedTask;
    }

    private void Accept(WireMessage message)
    {
        try
        {
            var reply = message.Read<InputReply>();
            lock (_gate)
            {
                if (_open is not { } open || !open.Identity.AsSpan().SequenceEqual(message.Identities[0]) || IsLate(message))
                {
                    _log.Drop("stdin: an input_reply that nobody waits for was dropped");
                    return;
                }

                open.Answer.TrySetResult(reply.Value);
                Forget();
            }
        }
        catch (BadContentException error)
        {
            _log.Drop($"stdin: {error.Message}");
        }
    }

    /// <summary>Not every front end says which question it answers; one that does must not answer another.</summary>
    private bool IsLate(WireMessage message) =>
        MessageCodec.TryReadHeader(message.RawParent, out var parent) && _answered.Contains(parent.MsgId);

    private void Forget()
    {
        if (_open is null)
            return;
        _answered.Enqueue(_open.Id);
        if (_answered.Count > RememberedQuestions)
            _answered.Dequeue();
        _open = null;
    }

    private static InputUnavailableException Nobody() =>
        new("The cell asks for input, but the front end that sent it does not listen for questions.");

    private sealed record Question(string Id, byte[] Identity, TaskCompletionSource<string?> Answer);
}
