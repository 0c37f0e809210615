using Unroll.Figures.Svg;

namespace Unroll.Pictures.Network;

/// <summary>Draws a network as SVG.</summary>
internal sealed partial class NetworkSvg
{
    private const string Ink = "var(--ink)";
    private const string StateColor = Palette.Vermilion;
    private readonly SvgWriter _svg = new();

    public static string Draw(NetworkGraph graph, string name)
    {
        var drawing = new NetworkSvg();
        var layout = NetworkLayout.Of(graph);
        var hasStates = Unrolled(graph).Any();
        var (width, height) = (layout.Width + 16, layout.Height + (hasStates ? 22 : 0));
        var svg = drawing._svg;
        svg.Begin(width, height, $"The network {name}", Describe(graph));
        drawing.DrawGraph(graph, layout, 8, 0);
        if (hasStates)
        {
            var y = height - 12;
            drawing.Arrow([(14, y), (38, y)], Ink);
            svg.Text(44, y + 4, "numbers", more: " class=\"ink\"");
            drawing.Arrow([(112, y), (136, y)], StateColor);
            svg.Text(142, y + 4, "states, from step to step", more: " class=\"ink\"");
        }

        return svg.Raw("</svg>").ToString();
    }

    private static IEnumerable<NetworkCard> Unrolled(NetworkGraph graph) =>
        graph.Cards.SelectMany(card => card.Inner is null ? card.Rows.Count > 0 ? [card] : [] : Unrolled(card.Inner));

    private static string Describe(NetworkGraph graph) => string.Join("; ", graph.Cards.Select(card =>
    {
        string[] from = [.. graph.Edges.Where(edge => edge.To == card).Select(edge => edge.From.Name).Distinct(StringComparer.Ordinal)];
        return $"{card.Name}, {string.Join(", ", card.Lines)}{(from.Length > 0 ? $", from {string.Join(" and ", from)}" : "")}";
    }));

    private void DrawGraph(NetworkGraph graph, NetworkLayout layout, double left, double top)
    {
        _svg.Add($"<g transform=\"translate({left} {top})\">");
        foreach (var edge in graph.Edges)
            DrawEdge(edge, layout);
        foreach (var place in layout.Cards)
            DrawCard(place, layout.DrawingWidth);
        _svg.Raw("</g>");
    }

    private void DrawCard(NetworkPlace place, double drawingWidth)
    {
        var card = place.Card!;
        if (card.Inner is not null)
        {
            _svg.Add($"<rect x=\"{place.X}\" y=\"{place.Y}\" width=\"{place.Width}\" height=\"{place.Height}\" rx=\"8\"")
                .Raw(" class=\"rule\" stroke-opacity=\"0.5\" stroke-dasharray=\"4 3\"/>");
        }

        var labelX = place.X + (card.Inner is null ? 4 : 12);
        var wordsWidth = card.Inner is null ? NetworkLayout.LabelWidth - 10 : place.Width - 24;
        var y = place.Y + (card.Inner is null ? 13 : 18);
        _svg.Text(labelX, y, TextMetrics.Cut(card.Name, wordsWidth / 1.13, 12), 12, more: " class=\"ink\" font-weight=\"600\"");
        foreach (var line in card.Lines)
            _svg.Text(labelX, y += 14, TextMetrics.Cut(line, wordsWidth, 11), more: " class=\"ink\" fill-opacity=\"0.8\"");
        if (card.Inner is { } inner)
            DrawGraph(inner, place.Inner!, place.X + 12, y + 8);
        else if (card.Rows.Count > 0)
            DrawUnrolled(place, drawingWidth);
        else if (card.WorksEachStep || (card.IsEnd && (card.In ?? card.Out) is not null))
            DrawSteps(place, drawingWidth);
        else
            DrawBar(place, drawingWidth);
    }

    /// <summary>The x of each step within a card.</summary>
    private static double[] Columns(NetworkPlace place, StepSlots slots, double drawingWidth)
    {
        var left = place.X + NetworkLayout.LabelWidth + NetworkLayout.SideRoom;
        var width = drawingWidth - 2 * NetworkLayout.SideRoom;
        return [.. Enumerable.Range(0, slots.Count).Select(i => left + (i + 0.5) * width / slots.Count)];
    }

    private static double MiddleOf(NetworkPlace place) => place.Y + place.Height / 2;

    /// <summary>A layer that sees the whole of its input at once.</summary>
    private void DrawBar(NetworkPlace place, double drawingWidth)
    {
        var card = place.Card!;
        var x = place.X + NetworkLayout.LabelWidth + NetworkLayout.SideRoom;
        Cell(x, MiddleOf(place) - NetworkLayout.CellHeight / 2, drawingWidth - 2 * NetworkLayout.SideRoom, card.Word, ColorOf(card), card.IsEnd);
    }

    /// <summary>A box at each step: a sequence that comes in or goes out, or a layer that works at each step for itself.</summary>
    private void DrawSteps(NetworkPlace place, double drawingWidth)
    {
        var card = place.Card!;
        var slots = card.In ?? card.Out!;
        var columns = Columns(place, slots, drawingWidth);
        for (var i = 0; i < slots.Count; i++)
        {
            if (slots.IsGap(i))
            {
                Dots(columns[i], MiddleOf(place));
                continue;
            }

            var (left, top) = (columns[i] - NetworkLayout.CellWidth / 2, MiddleOf(place) - NetworkLayout.CellHeight / 2);
            Cell(left, top, NetworkLayout.CellWidth, card.IsEnd ? card.Word + slots.Labels[i] : card.Word, ColorOf(card), card.IsEnd);
        }
    }

    private static string ColorOf(NetworkCard card) => card.IsEnd ? Palette.Grey : Palette.Green;

    /// <summary>A line through points, smooth where it does not go straight, with a head at its end.</summary>
    private void Arrow((double X, double Y)[] points, string color, bool passes = false, bool hasHead = true)
    {
        const double Head = 5;
        var path = $"M{Point(points[0])}";
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            var isStraight = Math.Abs(from.X - to.X) < 0.5 || Math.Abs(from.Y - to.Y) < 0.5;
            var half = (from.Y + to.Y) / 2;
            path += isStraight ? $"L{Point(to)}" : $"C{Point((from.X, half))} {Point((to.X, half))} {Point(to)}";
        }

        var (end, before) = (points[^1], points[^2]);
        var isLevel = Math.Abs(end.Y - before.Y) < 0.5;
        var sign = isLevel ? Math.Sign(end.X - before.X) : Math.Sign(end.Y - before.Y);
        var head = isLevel
            ? $"M{Point(end)}l{SvgWriter.Number(-sign * Head)} -3v6z"
            : $"M{Point(end)}l-3 {SvgWriter.Number(-sign * Head)}h6z";
        _svg.Raw($"<path d=\"{path}\" fill=\"none\" style=\"stroke:{color}\"{(passes ? " stroke-opacity=\"0.45\"" : "")}/>");
        if (hasHead)
            _svg.Raw($"<path d=\"{head}\" style=\"fill:{color}\"/>");
    }

    private static string Point((double X, double Y) point) => $"{SvgWriter.Number(point.X)} {SvgWriter.Number(point.Y)}";

    private void Cell(double x, double y, double width, string word, string color, bool isPale)
    {
        var text = TextMetrics.Cut(word, width - 4, 10);
        var ink = isPale ? "" : $" fill=\"{Rgb.Parse(color)!.Value.Ink}\"";
        _svg.Add($"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{NetworkLayout.CellHeight}\" rx=\"4\"")
            .Raw($" fill=\"{color}\"{(isPale ? " fill-opacity=\"0.25\"" : "")}/>")
            .Text(x + width / 2, y + 16, text, 10, "middle", isPale ? " class=\"ink\"" : ink);
    }

    private void Dots(double x, double y) => _svg.Text(x, y + 4, StepSlots.Gap, 12, "middle", " class=\"ink\"");
}
