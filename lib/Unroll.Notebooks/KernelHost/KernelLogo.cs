using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Unroll.Notebooks.KernelHost;

/// <summary>The kernel's picture in launchers: three cells of a network unrolled in time, each feeding the next.</summary>
internal static class KernelLogo
{
    private const string Svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
          <rect width="32" height="32" rx="6" fill="#512bd4"/>
          <rect x="4" y="15" width="24" height="2" fill="#ffffff"/>
          <circle cx="7" cy="16" r="4" fill="#ffffff"/>
          <circle cx="16" cy="16" r="4" fill="#ffffff"/>
          <circle cx="25" cy="16" r="4" fill="#ffffff"/>
        </svg>

        """;

    /// <summary>Writes the three files that front ends look for.</summary>
    public static void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "logo-svg.svg"), Svg);
        foreach (var size in new[] { 32, 64 })
            File.WriteAllBytes(Path.Combine(folder, $"logo-{size}x{size}.png"), Png(size));
    }

    /// <summary>The same picture as the SVG's, dot by dot.</summary>
    private static byte[] Png(int size)
    {
        var rows = new byte[size * (1 + (4 * size))];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
                Colour((x + 0.5) * 32 / size, (y + 0.5) * 32 / size).CopyTo(rows, (y * (1 + (4 * size))) + 1 + (4 * x));
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size);
        (header[8], header[9]) = (8, 6);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(rows);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Colour(double x, double y)
    {
        var isWhite = (x is > 4 and < 28 && y is > 15 and < 17) || new[] { 7, 16, 25 }.Any(middle => Math.Sqrt(((x - middle) * (x - middle)) + ((y - 16) * (y - 16))) < 4);
        var (fromX, fromY) = (Math.Max(Math.Abs(x - 16) - 10, 0), Math.Max(Math.Abs(y - 16) - 10, 0));
        var isInside = Math.Sqrt((fromX * fromX) + (fromY * fromY)) < 6;
        return !isInside ? [0, 0, 0, 0] : isWhite ? [255, 255, 255, 255] : [0x51, 0x2b, 0xd4, 255];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        return [.. length, .. body, .. sum];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        return ~crc;
    }
}
