using System.Buffers.Binary;

namespace Unroll.Notebooks.Jupyter.Zmtp;

/// <summary>
/// Reads greetings and frames. Memory grows with what has arrived, never with what a length field announces.
/// </summary>
internal sealed class FrameReader(Stream stream, ZmtpLimits limits, ReceiveBudget budget)
{
    private const int FirstPiece = 4 * 1024;
    private const FrameFlags Known = FrameFlags.More | FrameFlags.Long | FrameFlags.Command;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private long _charged;

    /// <summary>Waits until a byte is there; false at the end of the stream.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        if (_start < _end)
            return true;
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellation).ConfigureAwait(false);
        return _end > 0;
    }

    /// <summary>Fills <paramref name="target"/>.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public async ValueTask FillAsync(Memory<byte> target, CancellationToken cancellation)
    {
        while (target.Length > 0)
        {
            // A long body needs no detour through the buffer.
            if (_start == _end && target.Length >= _buffer.Length)
            {
                await stream.ReadExactlyAsync(target, cancellation).ConfigureAwait(false);
                return;
            }

            if (!await WaitAsync(cancellation).ConfigureAwait(false))
                throw new EndOfStreamException();
            var count = Math.Min(target.Length, _end - _start);
            _buffer.AsMemory(_start, count).CopyTo(target);
            _start += count;
            target = target[count..];
        }
    }

    /// <summary>Reads one frame; a message's frame may have <paramref name="room"/> bytes.</summary>
    public async ValueTask<Frame> ReadAsync(long room, CancellationToken cancellation)
    {
        var head = new byte[8];
        await FillAsync(head.AsMemory(0, 1), cancellation).ConfigureAwait(false);
        var flags = (FrameFlags)head[0];
        if ((flags & ~Known) != FrameFlags.None)
            throw new ZmtpException($"frame flags 0x{head[0]:x2}: reserved bits are set");
        if (flags.HasFlag(FrameFlags.Command) && flags.HasFlag(FrameFlags.More))
            throw new ZmtpException("a command frame announces more frames");

        var width = flags.HasFlag(FrameFlags.Long) ? 8 : 1;
        await FillAsync(head.AsMemory(0, width), cancellation).ConfigureAwait(false);
        var length = width == 1 ? head[0] : BinaryPrimitives.ReadUInt64BigEndian(head);
        var limit = flags.HasFlag(FrameFlags.Command) ? limits.CommandBytes : room;
        if (length > (ulong)limit)
            throw new ZmtpException($"a frame of {length} bytes, where at most {limit} are taken");
        return new Frame(flags, await ReadBodyAsync((int)length, cancellation).ConfigureAwait(false));
    }

    /// <summary>Gives back the memory of the frames read so far: they belong to somebody else now, or are gone.</summary>
    public void GiveBack() => GiveBack(_charged);

    /// <summary>Gives back the memory of a frame that is done with.</summary>
    public void GiveBack(long bytes)
    {
        budget.GiveBack(bytes);
        _charged -= bytes;
    }

    private async ValueTask<byte[]> ReadBodyAsync(int length, CancellationToken cancellation)
    {
        if (length == 0)
            return [];
        var body = Allocate(Math.Min(length, FirstPiece));
        var filled = 0;
        while (true)
        {
            await FillAsync(body.AsMemory(filled), cancellation).ConfigureAwait(false);
            filled = body.Length;
            if (filled == length)
                return body;
            var larger = Allocate((int)Math.Min(length, 2L * filled));
            body.CopyTo(larger, 0);
            budget.GiveBack(filled);
            _charged -= filled;
            body = larger;
        }
    }

    private byte[] Allocate(int length)
    {
        budget.Take(length);
        _charged += length;
        return GC.AllocateUninitializedArray<byte>(length);
    }
}
