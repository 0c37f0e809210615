namespace Unroll.Figures.Svg;

/// <summary>
/// How wide text is, without a browser. The widths are those of DejaVu Sans, which is wider than the other fonts that a page
/// may take, so that text fits wherever it is shown.
/// </summary>
internal static class TextMetrics
{
    /// <summary>The letters from space to ~, in hundredths of the letters' height.</summary>
    private static readonly byte[] Widths =
    [
        32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
        100, 69, 69, 70, 77, 63, 58, 78, 75, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 61, 73, 69, 99, 69, 61, 69, 39, 34, 39, 84, 50,
        50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 52, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
    ];

    /// <summary>The width of a line, in pixels.</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        var hundredths = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            hundredths += rune.Value switch
            {
                >= ' ' and <= '~' => Widths[rune.Value - ' '],
                >= 0x300 and < 0x370 => 0,
                < 0x2000 => 72,
                _ => 105,
            };
        }

        return hundredths * size / 100 * (bold ? 1.13 : 1);
    }

    /// <summary>The text, or its beginning and an ellipsis where it is wider than <paramref name="width"/>.</summary>
    public static string Cut(string text, double width, double size)
    {
        if (Width(text, size) <= width)
            return text;
        var end = text.Length;
        while (end > 0 && Width(text[..end] + "…", size) > width)
            end--;
        return end == 0 ? "" : text[..end].TrimEnd() + "…";
    }

    /// <summary>The text in lines of at most <paramref name="width"/>, as many as <paramref name="lines"/>; the last one is cut.</summary>
    public static List<string> Wrap(string text, double width, double size, int lines)
    {
        var result = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && Width(longer, size) > width)
                {
                    result.Add(line);
                    line = word;
                }
                else
                {
                    line = longer;
                }
            }

            result.Add(line);
        }

        if (result.Count > lines)
        {
            result[lines - 1] = string.Join(' ', result.Skip(lines - 1));
            result.RemoveRange(lines, result.Count - lines);
        }

        return [.. result.Select(line => Cut(line, width, size))];
    }
}
