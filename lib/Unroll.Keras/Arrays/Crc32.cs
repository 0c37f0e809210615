namespace Unroll.Keras.Arrays;

/// <summary>The check sum of zip archives: a polynomial over the bits, 0xEDB88320 from the least bit on.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>The sum of all bytes so far, with those that follow; 0 to begin with.</summary>
    public static uint Continued(uint sum, ReadOnlySpan<byte> bytes)
    {
        sum = ~sum;
        foreach (var next in bytes)
            sum = Table[(byte)(sum ^ next)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Entry(int place)
    {
        var sum = (uint)place;
        for (var bit = 0; bit < 8; bit++)
            sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        return sum;
    }
}
