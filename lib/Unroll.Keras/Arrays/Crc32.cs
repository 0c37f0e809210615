using System.Buffers.Binary;

namespace Unroll.Keras.Arrays;

/// <summary>The check sum of zip archives: a polynomial over the bits, 0xEDB88320 from the least bit on.</summary>
internal static class Crc32
{
    private const int Step = 8;

    /// <summary>What a byte adds to the sum, and what it adds when one to seven others have come after it.</summary>
    private static readonly uint[][] Tables = Made();

    /// <summary>The sum of all bytes so far, with those that follow; 0 to begin with.</summary>
    public static uint Continued(uint sum, ReadOnlySpan<byte> bytes)
    {
        sum = ~sum;
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ sum;
            sum = 0;
            for (var i = 0; i < Step; i++)
                sum ^= Tables[Step - 1 - i][(byte)(word >> (8 * i))];
        }

        foreach (var next in bytes)
            sum = Tables[0][(byte)(sum ^ next)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint[][] Made()
    {
        var tables = new uint[Step][];
        tables[0] = [.. Enumerable.Range(0, 256).Select(OfByte)];
        for (var i = 1; i < Step; i++)
            tables[i] = [.. tables[i - 1].Select(sum => (sum >> 8) ^ tables[0][(byte)sum])];
        return tables;
    }

    private static uint OfByte(int value)
    {
        var sum = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        return sum;
    }
}
