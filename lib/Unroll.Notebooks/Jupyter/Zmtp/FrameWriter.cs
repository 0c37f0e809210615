using System.Buffers.Binary;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>Writes frames, small ones together; a peer that reads nothing for too long is disconnected.</summary>
internal sealed class FrameWriter(Stream stream, TimeSpan timeout, CancellationToken cancellation) : IDisposable
{
    private const int Piece = 256 * 1024;
    private const int HeadLength = 9;

    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private readonly byte[] _buffer = new byte[4096];
    private int _used;

    /// <summary>Writes a message or a command; it is sent when the buffer is full or flushed.</summary>
    public async ValueTask WriteAsync(Outgoing outgoing)
    {
        for (var i = 0; i < outgoing.Frames.Length; i++)
        {
            var flags = outgoing.IsCommand ? FrameFlags.Command
                : i < outgoing.Frames.Length - 1 ? FrameFlags.More
                : FrameFlags.None;
            await WriteAsync(flags, outgoing.Frames[i]).ConfigureAwait(false);
        }
    }

    /// <summary>Sends what is in the buffer.</summary>
    public async ValueTask FlushAsync()
    {
        await SendAsync(_buffer.AsMemory(0, _used)).ConfigureAwait(false);
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _limit.Dispose();

    private async ValueTask WriteAsync(FrameFlags flags, byte[] body)
    {
        if (_buffer.Length - _used < HeadLength)
            await FlushAsync().ConfigureAwait(false);
        WriteHead(flags, body.Length);
        if (body.Length > _buffer.Length - _used)
        {
            await FlushAsync().ConfigureAwait(false);
            for (var start = 0; start < body.Length; start += Piece)
                await SendAsync(body.AsMemory(start, Math.Min(Piece, body.Length - start))).ConfigureAwait(false);
            return;
        }

        body.CopyTo(_buffer, _used);
        _used += body.Length;
    }

    private void WriteHead(FrameFlags flags, int length)
    {
        if (length <= byte.MaxValue)
        {
            _buffer[_used++] = (byte)flags;
            _buffer[_used++] = (byte)length;
            return;
        }

        _buffer[_used++] = (byte)(flags | FrameFlags.Long);
        BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(_used), length);
        _used += sizeof(long);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0)
            return;
        _limit.CancelAfter(timeout);
        await stream.WriteAsync(bytes, _limit.Token).ConfigureAwait(false);
        _limit.CancelAfter(Timeout.InfiniteTimeSpan);
    }
}
