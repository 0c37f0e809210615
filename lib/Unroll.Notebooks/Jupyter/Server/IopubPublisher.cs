using System.Text;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>
/// Publishes to all front ends, in the order of the calls, whichever thread they come from. Text is gathered for a few
/// milliseconds, so that a loop that prints does not become a message for each line.
/// </summary>
internal sealed class IopubPublisher : IDisposable
{
    private const int LongestText = 64 * 1024;
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(20);

    private readonly PubSocket _socket;
    private readonly MessageCodec _codec;
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private (string Name, byte[] Parent) _stream = ("", []);
    private long _sent;
    private bool _isDisposed;

    /// <summary>Publishes through <paramref name="socket"/>.</summary>
    public IopubPublisher(PubSocket socket, MessageCodec codec)
    {
        _socket = socket;
        _codec = codec;
        _timer = new Timer(_ => OnGathered());
    }

    /// <summary>Publishes a message that answers the request with the raw header <paramref name="parent"/>.</summary>
    public void Publish<T>(string type, T content, byte[]? parent)
    {
        lock (_gate)
        {
            SendText(isBreak: true);
            Send(OutgoingContent.Create(type, content), parent);
        }
    }

    /// <summary>Publishes text on the stream <paramref name="name"/>.</summary>
    public void Write(string name, string text, byte[] parent)
    {
        lock (_gate)
        {
            if (_stream.Name != name || _stream.Parent != parent)
                SendText(isBreak: true);
            _stream = (name, parent);

            // Pieces, because a front end takes only so much in a message.
            for (var start = 0; start < text.Length; start += LongestText)
            {
                _text.Append(text, start, Math.Min(LongestText, text.Length - start));
                if (_text.Length >= LongestText)
                    SendText(isBreak: false);
            }

            if (Environment.TickCount64 - _sent >= GatherTime.TotalMilliseconds)
                SendText(isBreak: false);
            else if (!_isDisposed)
                _timer.Change(GatherTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            SendText(isBreak: true);
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    private void OnGathered()
    {
        lock (_gate)
            SendText(isBreak: false);
    }

    /// <summary>Sends the text that was gathered. Half a character waits for its other half, unless the text breaks off here.</summary>
    private void SendText(bool isBreak)
    {
        var half = !isBreak && _text.Length > 0 && char.IsHighSurrogate(_text[^1]) ? 1 : 0;
        if (_text.Length == half)
            return;
        var text = _text.ToString(0, _text.Length - half);
        _text.Remove(0, text.Length);
        _sent = Environment.TickCount64;
        Send(OutgoingContent.Create("stream", new StreamText(_stream.Name, text)), _stream.Parent);
    }

    private void Send(OutgoingContent content, byte[]? parent)
    {
        var topic = Encoding.UTF8.GetBytes($"kernel.{_codec.Session}.{content.Type}");
        _socket.Send(_codec.Encode([topic], content, parent).Frames);
    }
}
