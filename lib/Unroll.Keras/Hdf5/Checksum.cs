using System.Buffers.Binary;
using System.Numerics;

namespace Unroll.Keras.Hdf5;

/// <summary>The two sums with which HDF5 guards what it writes.</summary>
internal static class Checksum
{
    // A remainder of 65535 can be put off for so many words of 16 bits before 32 bits overflow.
    private const int FletcherRun = 360;

    /// <summary>The sum of a structure: Bob Jenkins' lookup3, <c>hashlittle</c> with an initial value of 0.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint a, b, c;
        a = b = c = 0xDEADBEEF + (uint)bytes.Length;
        for (; bytes.Length > 12; bytes = bytes[12..])
        {
            Add(bytes[..12]);
            a = (a - c) ^ BitOperations.RotateLeft(c, 4);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 6);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 8);
            b += a;
            a = (a - c) ^ BitOperations.RotateLeft(c, 16);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 19);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 4);
            b += a;
        }

        if (bytes.Length == 0)
            return c;
        Span<byte> last = stackalloc byte[12];
        last.Clear();
        bytes.CopyTo(last);
        Add(last);
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        return (c ^ b) - BitOperations.RotateLeft(b, 24);

        void Add(ReadOnlySpan<byte> block)
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(block);
            b += BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
        }
    }

    /// <summary>The sum of a chunk: Fletcher's of 32 bits over words of 16, the high byte first.</summary>
    public static uint Fletcher(ReadOnlySpan<byte> bytes)
    {
        uint first = 0, second = 0;
        var words = bytes.Length / 2;
        for (var i = 0; i < words;)
        {
            for (var end = Math.Min(words, i + FletcherRun); i < end; i++)
            {
                first += BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
                second += first;
            }

            (first, second) = (Folded(first), Folded(second));
        }

        if (bytes.Length % 2 != 0)
        {
            first = Folded(first + ((uint)bytes[^1] << 8));
            second = Folded(second + first);
        }

        return Folded(second) << 16 | Folded(first);
    }

    private static uint Folded(uint sum) => (sum & 0xFFFF) + (sum >> 16);
}
