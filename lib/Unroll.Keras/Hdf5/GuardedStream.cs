using System.Runtime.CompilerServices;

namespace Unroll.Keras.Hdf5;

/// <summary>
/// Bytes of a file that nobody vouches for. Reading past the end is an error, and so is reading far more than the file holds:
/// a file whose structures point at each other in a circle ends there instead of never.
/// </summary>
internal sealed class GuardedStream(ReadOnlyMemory<byte> bytes) : Stream
{
    // An honest file is read about twice, the small structures of many groups a few times more.
    private const int Rounds = 64;
    private const long AtLeast = 1 << 22;
    private const long MostMemory = 1 << 28;

    private readonly long _memoryBefore = GC.GetAllocatedBytesForCurrentThread();
    private long _left = Math.Max(AtLeast, (long)bytes.Length * Rounds);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => bytes.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        // Structures within structures are read by functions within functions, and a full stack ends the process.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var available = bytes.Length - Position;
        if (Position < 0 || available < buffer.Length)
            throw new EndOfStreamException($"it ends at byte {bytes.Length}, and a structure points to {Position} and {buffer.Length} bytes from there");

        // A read costs time even where it is of few bytes.
        _left -= Math.Max(16, buffer.Length);
        if (_left < 0)
            throw new IOException("its structures lead in a circle");
        if (GC.GetAllocatedBytesForCurrentThread() - _memoryBefore > MostMemory + ((long)bytes.Length * Rounds))
            throw new IOException("its structures ask for far more memory than it has bytes");
        bytes.Span.Slice((int)Position, buffer.Length).CopyTo(buffer);
        Position += buffer.Length;
        return buffer.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => bytes.Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("GuardedStream is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("GuardedStream is read only.");
}
