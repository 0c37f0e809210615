using System.Net;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>A connection after its handshake: frames become messages, messages wait in a queue to be sent.</summary>
internal sealed class ZmtpPeer
{
    private readonly ZmtpLimits _limits;
    private readonly KnownHosts _hosts;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly CancellationTokenSource _closing;
    private readonly BoundedQueue<Outgoing> _queue;
    private TimeSpan _silence = Timeout.InfiniteTimeSpan;
    private volatile bool _isProven;

    /// <summary>Creates the peer that <paramref name="closing"/> ends.</summary>
    public ZmtpPeer(
        byte[] identity, IPAddress address, FrameReader reader, FrameWriter writer, ZmtpLimits limits, KnownHosts hosts, CancellationTokenSource closing)
    {
        Identity = identity;
        Address = address;
        _hosts = hosts;
        _limits = limits;
        _reader = reader;
        _writer = writer;
        _closing = closing;
        _queue = new BoundedQueue<Outgoing>(limits.SendMessages, limits.SendBytes, outgoing => outgoing.Weight);
    }

    /// <summary>The name the peer is sent to by.</summary>
    public byte[] Identity { get; }

    /// <summary>The machine it is on.</summary>
    public IPAddress Address { get; }

    /// <summary>Whether it has proven that it knows the key. Until then it is a stranger.</summary>
    public bool IsProven => _isProven;

    /// <summary>Whether the last message found no room; somebody has been told.</summary>
    public bool IsBehind { get; set; }

    /// <summary>It has proven that it knows the key.</summary>
    public void Prove()
    {
        if (_isProven)
            return;
        _isProven = true;
        _hosts.Add(Address);
    }

    /// <summary>Queues a message; false when too much waits already, and the peer does not get it.</summary>
    public bool TrySend(byte[][] message) => _queue.TryAdd(new Outgoing(message, IsCommand: false));

    /// <summary>Receives and sends until the connection ends.</summary>
    /// <param name="onMessage">Gets each message; the next one is read when it is done.</param>
    /// <param name="onCommand">Gets each command but PING and PONG.</param>
    public async Task RunAsync(Func<byte[][], CancellationToken, ValueTask> onMessage, Action<Command> onCommand)
    {
        var sending = SendAllAsync();
        try
        {
            while (await _reader.WaitAsync(_closing.Token).ConfigureAwait(false))
            {
                // A message that was begun must be completed in this time; between messages there is no hurry.
                _closing.CancelAfter(MessageTimeout);
                var message = await ReadAsync(onCommand).ConfigureAwait(false);
                _closing.CancelAfter(_silence);
                if (message is not null)
                    await onMessage(message, _closing.Token).ConfigureAwait(false);
                _reader.GiveBack();
            }
        }
        finally
        {
            _reader.GiveBack();
            await _closing.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what waits, then ends the connection.</summary>
    public void Finish() => _queue.Complete();

    /// <summary>Ends the connection now.</summary>
    public void Close()
    {
        try
        {
            _closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    private TimeSpan MessageTimeout => _isProven || _limits.MessageTimeout < _limits.StrangerMessageTimeout
        ? _limits.MessageTimeout
        : _limits.StrangerMessageTimeout;

    /// <summary>Reads frames until a message is whole; null after a command between messages.</summary>
    private async ValueTask<byte[][]?> ReadAsync(Action<Command> onCommand)
    {
        var frames = new List<byte[]>();
        long room = _isProven ? _limits.MessageBytes : Math.Min(_limits.MessageBytes, _limits.StrangerMessageBytes);
        while (true)
        {
            var frame = await _reader.ReadAsync(room, _closing.Token).ConfigureAwait(false);
            if (frame.IsCommand)
            {
                Obey(Command.Parse(frame.Body), onCommand);
                _reader.GiveBack(frame.Body.Length);
                if (frames.Count == 0)
                    return null;
                continue;
            }

            _silence = Timeout.InfiniteTimeSpan;
            frames.Add(frame.Body);
            room -= frame.Body.Length;
            if (!frame.HasMore)
                return [.. frames];
            if (frames.Count == _limits.MessageFrames)
                throw new ZmtpException($"a message of more than {_limits.MessageFrames} frames");
        }
    }

    private void Obey(Command command, Action<Command> onCommand)
    {
        switch (command.Name)
        {
            case "PING":
                var (pong, timeToLive) = command.AnswerPing();
                if (_queue.Count < _limits.Pongs)
                    _queue.TryAdd(pong);

                // A peer that promised to be heard of within this time, and is not, is gone.
                _silence = timeToLive > TimeSpan.Zero ? timeToLive : Timeout.InfiniteTimeSpan;
                break;
            case "PONG":
                break;
            case "ERROR":
                throw new ZmtpException("the peer ended the connection with an ERROR command");
            default:
                onCommand(command);
                break;
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (await _queue.WaitAsync(_closing.Token).ConfigureAwait(false))
            {
                while (_queue.TryTake(out var outgoing))
                    await _writer.WriteAsync(outgoing).ConfigureAwait(false);
                await _writer.FlushAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            // Nothing more can be sent to this peer, so it is not read from either.
            _queue.Complete();
            await _closing.CancelAsync().ConfigureAwait(false);
        }
    }
}
