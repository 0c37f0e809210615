namespace Unroll.Figures.Svg;

/// <summary>The forms of points, by Plotly's names.</summary>
internal static class MarkerShape
{
    public static void Draw(SvgWriter svg, string symbol, double x, double y, double size, string color, string more, string? tip)
    {
        var r = size / 2;
        var isOpen = symbol.EndsWith("-open", StringComparison.Ordinal);
        var name = isOpen ? symbol[..^5] : symbol;
        var paint = isOpen ? $" fill=\"none\" stroke=\"{color}\""
            : name is "asterisk" or "hash" ? $" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.5\""
            : $" fill=\"{color}\"";
        var end = tip is null ? "/>" : $"><title>{SvgWriter.Encode(tip)}</title></";
        if (name == "circle" || Path(name, r) is not { } path)
            svg.Add($"<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{paint}{more}{end}").Raw(tip is null ? "" : "circle>");
        else
            svg.Add($"<path d=\"{path}\" transform=\"translate({x} {y})\"{paint}{more}{end}").Raw(tip is null ? "" : "path>");
    }

    /// <summary>A form around the origin; null where the name is unknown.</summary>
    private static string? Path(string name, double r) => name switch
    {
        "square" => Polygon(4, r * 1.27, 45),
        "diamond" => Polygon(4, r * 1.3, 0),
        "pentagon" => Polygon(5, r * 1.1, 0),
        "hexagon" => Polygon(6, r * 1.1, 0),
        "octagon" => Polygon(8, r * 1.08, 22.5),
        "triangle-up" => Polygon(3, r * 1.3, 0),
        "triangle-down" => Polygon(3, r * 1.3, 180),
        "triangle-left" => Polygon(3, r * 1.3, 270),
        "triangle-right" => Polygon(3, r * 1.3, 90),
        "star" => Star(5, r * 1.4, 0.45),
        "hexagram" => Star(6, r * 1.35, 0.58),
        "cross" => Cross(r * 1.1, r * 0.4, turned: false),
        "x" => Cross(r * 1.1, r * 0.4, turned: true),
        "hourglass" => Closed([(-r, -r), (r, -r), (-r, r), (r, r)]),
        "bowtie" => Closed([(-r, -r), (-r, r), (r, -r), (r, r)]),
        "asterisk" => Strokes([(0, -r, 0, r), (-r, 0, r, 0), (-r * 0.7, -r * 0.7, r * 0.7, r * 0.7), (-r * 0.7, r * 0.7, r * 0.7, -r * 0.7)]),
        "hash" => Strokes([(-r / 2, -r, -r / 2, r), (r / 2, -r, r / 2, r), (-r, -r / 2, r, -r / 2), (-r, r / 2, r, r / 2)]),
        _ => null,
    };

    private static string Polygon(int corners, double r, double turn) =>
        Closed(Enumerable.Range(0, corners).Select(i => OnCircle(turn + 360.0 * i / corners, r)));

    private static string Star(int points, double r, double inner) =>
        Closed(Enumerable.Range(0, 2 * points).Select(i => OnCircle(180.0 * i / points, i % 2 == 0 ? r : r * inner)));

    private static string Cross(double r, double half, bool turned)
    {
        (double X, double Y)[] corners =
        [
            (-half, -r), (half, -r), (half, -half), (r, -half), (r, half), (half, half),
            (half, r), (-half, r), (-half, half), (-r, half), (-r, -half), (-half, -half),
        ];
        var slant = Math.Sqrt(0.5);
        return Closed(turned ? corners.Select(corner => ((corner.X - corner.Y) * slant, (corner.X + corner.Y) * slant)) : corners);
    }

    private static (double X, double Y) OnCircle(double degrees, double r) => (r * Math.Sin(degrees * Math.PI / 180), -r * Math.Cos(degrees * Math.PI / 180));

    private static string Closed(IEnumerable<(double X, double Y)> corners) =>
        "M" + string.Join('L', corners.Select(corner => $"{SvgWriter.Number(corner.X)} {SvgWriter.Number(corner.Y)}")) + "Z";

    private static string Strokes((double X0, double Y0, double X1, double Y1)[] strokes) =>
        string.Concat(strokes.Select(stroke =>
            $"M{SvgWriter.Number(stroke.X0)} {SvgWriter.Number(stroke.Y0)}L{SvgWriter.Number(stroke.X1)} {SvgWriter.Number(stroke.Y1)}"));
}
