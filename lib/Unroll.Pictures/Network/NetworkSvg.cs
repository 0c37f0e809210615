using Unroll.Figures.Svg;
using Unroll.Figures.Views;

namespace Unroll.Pictures.Network;

/// <summary>Draws a network as SVG.</summary>
internal sealed partial class NetworkSvg
{
    private readonly SvgWriter _svg = new();
    private NetworkArrows _arrows = new();

    /// <summary>A complete SVG document.</summary>
    public static string Draw(NetworkGraph graph, string name)
    {
        var drawing = new NetworkSvg();
        var layout = NetworkLayout.Of(graph);
        var (width, height) = Size(graph, layout);
        drawing._svg.Begin(width, height, $"The network {name}", Describe(graph));
        return drawing.DrawAll(graph, layout, height);
    }

    /// <summary>An HTML image.</summary>
    public static string DrawHtml(NetworkGraph graph, string name)
    {
        var drawing = new NetworkSvg();
        var layout = NetworkLayout.Of(graph);
        var (width, height) = Size(graph, layout);
        drawing._svg.BeginImage(width, height).Raw(Palette.ImageColors);
        return PictureHtml.Image(drawing.DrawAll(graph, layout, height), width, height, $"The network {name}: {Describe(graph)}");
    }

    private static (double Width, double Height) Size(NetworkGraph graph, NetworkLayout layout) =>
        Unrolled(graph).Any() ? (Math.Max(layout.Width + 16, 300), layout.Height + 22) : (layout.Width + 16, layout.Height);

    private string DrawAll(NetworkGraph graph, NetworkLayout layout, double height)
    {
        DrawGraph(graph, layout, 8, 0);
        if (Unrolled(graph).Any())
        {
            var y = height - 12;
            _arrows.Flow([(14, y), (38, y)]);
            _svg.Text(44, y + 4, "numbers", more: " class=\"ink\"");
            _arrows.State([(112, y), (136, y)]);
            _svg.Text(142, y + 4, "states, from step to step", more: " class=\"ink\"");
            _arrows.Write(_svg);
        }

        return _svg.Raw("</svg>").ToString();
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
        // Those of a graph within are written inside its own group.
        var outer = _arrows;
        _arrows = new NetworkArrows();
        _svg.Add($"<g transform=\"translate({left} {top})\">");
        foreach (var edge in graph.Edges)
            DrawEdge(edge, layout);
        foreach (var place in layout.Cards)
            DrawCard(place);
        _arrows.Write(_svg);
        _svg.Raw("</g>");
        _arrows = outer;
    }

    private void DrawCard(NetworkPlace place)
    {
        var card = place.Card!;
        if (card.Inner is not null)
        {
            _svg.Add($"<rect x=\"{place.X}\" y=\"{place.Y}\" width=\"{place.Width}\" height=\"{place.Height}\" rx=\"8\"")
                .Raw(" class=\"rule\" stroke-opacity=\"0.5\" stroke-dasharray=\"4 3\"/>");
        }

        var labelX = place.X + (card.Inner is null ? 4 : 12);
        var wordsWidth = card.Inner is null ? place.Measures.LabelWidth - 10 : place.Width - 24;
        var y = place.Y + (card.Inner is null ? 13 : 18);
        _svg.Text(labelX, y, TextMetrics.Cut(card.Name, wordsWidth / 1.13, 12), 12, more: " class=\"ink\" font-weight=\"600\"");
        foreach (var line in card.Lines)
            _svg.Text(labelX, y += 14, TextMetrics.Cut(line, wordsWidth, 11), more: " class=\"ink\" fill-opacity=\"0.8\"");
        if (card.Inner is { } inner)
            DrawGraph(inner, place.Inner!, place.X + 12, y + 8);
        else if (card.Rows.Count > 0)
            DrawUnrolled(place);
        else if (card.WorksEachStep || (card.IsEnd && (card.In ?? card.Out) is not null))
            DrawSteps(place);
        else
            DrawBar(place);
    }

    /// <summary>The x of each step within a card.</summary>
    private static double[] Columns(NetworkPlace place, StepSlots slots)
    {
        var left = place.X + place.Measures.LabelWidth + NetworkMeasures.SideRoom;
        var width = place.Measures.StepsWidth;
        return [.. Enumerable.Range(0, slots.Count).Select(i => left + (i + 0.5) * width / slots.Count)];
    }

    private static double MiddleOf(NetworkPlace place) => place.Y + place.Height / 2;

    /// <summary>A layer that sees the whole of its input at once.</summary>
    private void DrawBar(NetworkPlace place)
    {
        var card = place.Card!;
        var x = place.X + place.Measures.LabelWidth + NetworkMeasures.SideRoom;
        Cell(x, MiddleOf(place) - NetworkLayout.CellHeight / 2, place.Measures.StepsWidth, card.Word, ColorOf(card), card.IsEnd);
    }

    /// <summary>A box at each step: a sequence that comes in or goes out, or a layer that works at each step for itself.</summary>
    private void DrawSteps(NetworkPlace place)
    {
        var card = place.Card!;
        var slots = card.In ?? card.Out!;
        var columns = Columns(place, slots);
        for (var i = 0; i < slots.Count; i++)
        {
            if (slots.IsGap(i))
            {
                Dots(columns[i], MiddleOf(place));
                continue;
            }

            var (left, top) = (columns[i] - place.Measures.CellWidth / 2, MiddleOf(place) - NetworkLayout.CellHeight / 2);
            Cell(left, top, place.Measures.CellWidth, card.IsEnd ? card.Word + slots.Labels[i] : card.Word, ColorOf(card), card.IsEnd);
        }
    }

    private static string ColorOf(NetworkCard card) => card.IsEnd ? Palette.Grey : Palette.Green;

    private void Cell(double x, double y, double width, string word, string color, bool isPale)
    {
        var text = TextMetrics.Cut(word, width - 4, 11);
        var ink = isPale ? "" : $" fill=\"{Rgb.Parse(color)!.Value.Ink}\"";
        _svg.Add($"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{NetworkLayout.CellHeight}\" rx=\"4\"")
            .Raw($" fill=\"{color}\"{(isPale ? " fill-opacity=\"0.25\"" : "")}/>")
            .Text(x + width / 2, y + 16, text, 11, "middle", isPale ? " class=\"ink\"" : ink);
    }

    private void Dots(double x, double y) => _svg.Text(x, y + 4, StepSlots.Gap, 12, "middle", " class=\"ink\"");
}
