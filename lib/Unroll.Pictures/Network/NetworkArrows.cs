using System.Text;
using Unroll.Figures.Svg;

namespace Unroll.Pictures.Network;

/// <summary>
/// The arrows of a drawing, gathered: all lines of one colour are one path, and all heads another, which is a quarter of the
/// text of a path each.
/// </summary>
internal sealed class NetworkArrows
{
    private const double Head = 5;
    private readonly StringBuilder _flow = new();
    private readonly StringBuilder _pale = new();
    private readonly StringBuilder _state = new();
    private readonly StringBuilder _flowHeads = new();
    private readonly StringBuilder _stateHeads = new();

    /// <summary>A line through points, smooth where it does not go straight, with a head at its end: numbers.</summary>
    /// <param name="points">From, by way of, to.</param>
    /// <param name="passes">Whether it passes cells that it has nothing to do with: it is paler then.</param>
    /// <param name="hasHead">Whether it ends here.</param>
    public void Flow((double X, double Y)[] points, bool passes = false, bool hasHead = true)
    {
        Line(passes ? _pale : _flow, points);
        if (hasHead)
            Point(_flowHeads, points[^2], points[^1]);
    }

    /// <summary>The same for states.</summary>
    public void State((double X, double Y)[] points)
    {
        Line(_state, points);
        Point(_stateHeads, points[^2], points[^1]);
    }

    /// <summary>Draws what was gathered.</summary>
    public void Write(SvgWriter svg)
    {
        Path(svg, _pale, "fill=\"none\" stroke-opacity=\"0.45\" style=\"stroke:var(--ink)\"");
        Path(svg, _flow, "fill=\"none\" style=\"stroke:var(--ink)\"");
        Path(svg, _state, "fill=\"none\" style=\"stroke:var(--state)\"");
        Path(svg, _flowHeads, "style=\"fill:var(--ink)\"");
        Path(svg, _stateHeads, "style=\"fill:var(--state)\"");
    }

    private static void Path(SvgWriter svg, StringBuilder path, string look)
    {
        if (path.Length > 0)
            svg.Raw($"<path d=\"{path}\" {look}/>");
    }

    private static void Line(StringBuilder path, (double X, double Y)[] points)
    {
        path.Append($"M{Pair(points[0])}");
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            var half = (from.Y + to.Y) / 2;
            if (Math.Abs(from.X - to.X) < 0.5)
                path.Append($"V{SvgWriter.Number(to.Y)}");
            else if (Math.Abs(from.Y - to.Y) < 0.5)
                path.Append($"H{SvgWriter.Number(to.X)}");
            else
                path.Append($"C{Pair((from.X, half))} {Pair((to.X, half))} {Pair(to)}");
        }
    }

    private static void Point(StringBuilder path, (double X, double Y) before, (double X, double Y) end)
    {
        var isLevel = Math.Abs(end.Y - before.Y) < 0.5;
        var back = SvgWriter.Number(-Head * (isLevel ? Math.Sign(end.X - before.X) : Math.Sign(end.Y - before.Y)));
        path.Append(isLevel ? $"M{Pair(end)}l{back} -3v6z" : $"M{Pair(end)}l-3 {back}h6z");
    }

    private static string Pair((double X, double Y) point) => $"{SvgWriter.Number(point.X)} {SvgWriter.Number(point.Y)}";
}
