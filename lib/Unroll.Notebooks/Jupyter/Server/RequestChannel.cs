using System.Net;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>
/// shell or control: serves requests one after the other, each between a busy and an idle. What may not be trusted is
/// dropped where it arrives and never takes the place of an honest request.
/// </summary>
internal sealed class RequestChannel : IAsyncDisposable
{
    private const int MostWaiting = 1000;
    private const long MostWaitingBytes = 64L * 1024 * 1024;
    private const string RequestSuffix = "_request";

    private readonly string _name;
    private readonly MessageCodec _codec;
    private readonly IopubPublisher _iopub;
    private readonly KernelLog _log;
    private readonly IReadOnlyDictionary<string, Handler> _handlers;
    private readonly BoundedQueue<WireMessage> _waiting = new(
        MostWaiting, MostWaitingBytes, request => 1024 + request.Content.Length + request.RawHeader.Length);

    /// <summary>Binds to <paramref name="address"/>.</summary>
    public RequestChannel(
        string name,
        EndPoint address,
        MessageCodec codec,
        IopubPublisher iopub,
        KernelLog log,
        KnownHosts hosts,
        IReadOnlyDictionary<string, Handler> handlers)
    {
        _name = name;
        _codec = codec;
        _iopub = iopub;
        _log = log;
        _handlers = handlers;
        Socket = new RouterSocket(address, ZmtpLimits.Requests, log, ReceiveAsync, hosts);
    }

    /// <summary>Its socket.</summary>
    public RouterSocket Socket { get; }

    /// <summary>Serves requests until one ends the kernel, or <paramref name="cancellation"/> comes.</summary>
    public async Task ServeAsync(CancellationToken cancellation)
    {
        try
        {
            while (await _waiting.WaitAsync(cancellation).ConfigureAwait(false))
            {
                while (!cancellation.IsCancellationRequested && _waiting.TryTake(out var request))
                {
                    if (await ServeAsync(request, cancellation).ConfigureAwait(false) is { IsLast: true })
                        return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The kernel ends.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _waiting.Complete();
        return Socket.DisposeAsync();
    }

    private async ValueTask ReceiveAsync(ZmtpPeer peer, byte[][] frames, CancellationToken cancellation)
    {
        if (!_codec.TryDecode(frames, out var message, out var problem))
        {
            _log.Drop($"{_name}: a message was dropped: {problem}");
            return;
        }

        peer.Prove();
        await _waiting.AddAsync(message, cancellation).ConfigureAwait(false);
    }

    private async Task<OutgoingContent?> ServeAsync(WireMessage request, CancellationToken cancellation)
    {
        _iopub.Publish("status", new StatusContent("busy"), request.RawHeader);
        var reply = await AnswerAsync(request, cancellation).ConfigureAwait(false);
        if (reply is not null)
            Socket.TrySend(_codec.Encode(request.Identities, reply, request.RawHeader).Frames);
        _iopub.Publish("status", new StatusContent("idle"), request.RawHeader);
        return reply;
    }

    private async Task<OutgoingContent?> AnswerAsync(WireMessage request, CancellationToken cancellation)
    {
        var type = request.Header.MsgType;
        if (!_handlers.TryGetValue(type, out var handler))
        {
            _log.Drop($"{_name}: a message of a type that this channel does not serve was dropped");
            return null;
        }

        try
        {
            return await handler(request, cancellation).ConfigureAwait(false);
        }
        catch (BadContentException error)
        {
            return Fail(type, "BadRequest", error.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(type, "Interrupted", "The request was interrupted.");
        }
        catch (Exception error)
        {
            _log.Write($"{_name}: a request failed: {error}");
            return Fail(type, error.GetType().Name, error.Message);
        }
    }

    private static OutgoingContent? Fail(string type, string name, string text) =>
        type.EndsWith(RequestSuffix, StringComparison.Ordinal)
            ? OutgoingContent.Create(ReplyType(type), new ErrorReply(name, text, [$"{name}: {text}"]))
            : null;

    private static string ReplyType(string requestType) => $"{requestType[..^RequestSuffix.Length]}_reply";
}
