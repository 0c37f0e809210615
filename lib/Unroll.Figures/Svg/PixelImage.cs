using System.Buffers.Binary;

namespace Unroll.Figures.Svg;

/// <summary>
/// A picture of few colours as PNG, a byte a pixel. It is not compressed: what a compressor gives differs from version to
/// version, and a notebook's outputs must not.
/// </summary>
internal static class PixelImage
{
    private const int LongestBlock = 65_535;

    /// <summary>The picture as a <c>data:</c> address.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="pixels">The number of each pixel's color, row by row; <c>colors.Count</c> is see-through.</param>
    /// <param name="colors">Fewer than 256.</param>
    public static string DataUri(int width, ReadOnlySpan<byte> pixels, IReadOnlyList<Rgb> colors)
    {
        var height = pixels.Length / width;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);   // 8 bits a pixel, each a place in the palette
        var rows = new byte[height * (width + 1)];
        for (var row = 0; row < height; row++)
            pixels.Slice(row * width, width).CopyTo(rows.AsSpan(row * (width + 1) + 1));
        byte[] palette = [.. colors.SelectMany(color => new[] { (byte)Math.Round(color.R), (byte)Math.Round(color.G), (byte)Math.Round(color.B) }), 0, 0, 0];
        byte[] opacity = [.. Enumerable.Repeat((byte)255, colors.Count), 0];
        byte[] png =
        [
            0x89, .. "PNG\r\n\u001a\n"u8,
            .. Chunk("IHDR"u8, header), .. Chunk("PLTE"u8, palette), .. Chunk("tRNS"u8, opacity), .. Chunk("IDAT"u8, Stored(rows)), .. Chunk("IEND"u8, []),
        ];
        return "data:image/png;base64," + Convert.ToBase64String(png);
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        byte[] named = [.. type, .. content];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(named));
        return [.. length, .. named, .. check];
    }

    /// <summary>The form of RFC 1950 and 1951, in blocks that are stored as they are.</summary>
    private static byte[] Stored(ReadOnlySpan<byte> content)
    {
        var stream = new List<byte> { 0x78, 0x01 };
        for (var at = 0; at < content.Length; at += LongestBlock)
        {
            var block = content.Slice(at, Math.Min(LongestBlock, content.Length - at));
            stream.Add(at + block.Length == content.Length ? (byte)1 : (byte)0);
            stream.AddRange([(byte)block.Length, (byte)(block.Length >> 8), (byte)~block.Length, (byte)(~block.Length >> 8)]);
            stream.AddRange(block);
        }

        uint low = 1, high = 0;
        foreach (var value in content)
        {
            low = (low + value) % 65_521;
            high = (high + low) % 65_521;
        }

        stream.AddRange([(byte)(high >> 8), (byte)high, (byte)(low >> 8), (byte)low]);
        return [.. stream];
    }

    /// <summary>The checksum of PNG's chunks, ISO 3309.</summary>
    private static uint Crc(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320;
        }

        return ~crc;
    }
}
