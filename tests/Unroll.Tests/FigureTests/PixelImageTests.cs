using System.IO.Compression;
using System.Text.RegularExpressions;
using Unroll.Figures.Svg;

namespace Unroll.Tests.FigureTests;

public sealed class PixelImageTests
{
    private const string Start = "data:image/png;base64,";

    [Theory]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    [InlineData(300, 400)]
    public void Others_read_what_was_written(int width, int height)
    {
        var pixels = Enumerable.Range(0, width * height).Select(i => (byte)(i % 3)).ToArray();

        var uri = PixelImage.DataUri(width, pixels, [new Rgb(255, 0, 0), new Rgb(0, 128, 255)]);

        Assert.StartsWith(Start, uri, StringComparison.Ordinal);
        var png = Convert.FromBase64String(uri[Start.Length..]);
        Assert.Equal([255, 0, 0, 0, 128, 255, 0, 0, 0], Chunk(png, "PLTE"u8));
        Assert.Equal([255, 255, 0], Chunk(png, "tRNS"u8));
        using var inflated = new ZLibStream(new MemoryStream(Chunk(png, "IDAT"u8)), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        inflated.CopyTo(rows);
        Assert.Equal(pixels, rows.ToArray().Chunk(width + 1).SelectMany(row => row[1..]));
    }

    [Fact]
    public void A_large_heat_map_is_one_image_beside_that_of_its_scale_and_small()
    {
        var numbers = new RandomState(1).Normal(0, 1, [64, 64]);

        var svg = SampleFigures.Matrix(numbers).ToSvg();

        Assert.Equal(2, Regex.Count(svg, "<image ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.True(svg.Length < 15_000, $"{svg.Length} characters");
    }

    private static byte[] Chunk(ReadOnlySpan<byte> png, ReadOnlySpan<byte> type)
    {
        var at = png.IndexOf(type);
        var length = (png[at - 4] << 24) | (png[at - 3] << 16) | (png[at - 2] << 8) | png[at - 1];
        return png.Slice(at + 4, length).ToArray();
    }
}
