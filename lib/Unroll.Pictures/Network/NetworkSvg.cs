using Unroll.Figures.Svg;

namespace Unroll.Pictures.Network;

/// <summary>Draws a network as SVG.</summary>
internal sealed class NetworkSvg
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

    /// <summary>The cells of a recurrent layer at each step, and the states between them.</summary>
    private void DrawUnrolled(NetworkPlace place, double drawingWidth)
    {
        var card = place.Card!;
        var columns = Columns(place, card.In!, drawingWidth);
        var room = card.Rows.Count > 1 ? NetworkLayout.TwoRowRoom : NetworkLayout.OneRowRoom;
        var tops = new double[card.Rows.Count];
        for (var r = 0; r < tops.Length; r++)
            tops[r] = r == 0 ? place.Y + room : tops[r - 1] + NetworkLayout.HeightOf(card.Rows[r - 1]) + room;
        var bottoms = tops.Zip(card.Rows, (top, row) => top + NetworkLayout.HeightOf(row)).ToArray();
        var mergeTop = bottoms[^1] + room;
        var exit = card.Merge is null ? place.Y + place.Height : mergeTop;
        for (var r = 0; r < card.Rows.Count; r++)
        {
            var row = card.Rows[r];
            DrawCells(card, row, columns, tops[r]);
            var last = row.GoesBackwards ? 0 : columns.Length - 1;
            for (var i = 0; i < columns.Length; i++)
            {
                if (card.In!.IsGap(i))
                    continue;

                // The second row reads, and the first one gives, through the gaps between the other row's cells.
                var (readsPast, givesPast) = (r > 0, r == 0 && card.Rows.Count > 1);
                (double, double)[] before = readsPast ? Aside(columns[i], 1, tops[0], bottoms[0]) : [];
                Arrow([(columns[i], place.Y), .. before, (columns[i], tops[r])], Ink, readsPast);
                if (!card.ReturnsSequences && i != last)
                    continue;
                var x = columns[i] + (card.Rows.Count == 1 ? 0 : r == 0 ? -6 : 6);
                (double, double)[] after = givesPast ? Aside(columns[i], -1, tops[1], bottoms[1]) : [];
                Arrow([(columns[i], bottoms[r]), .. after, (x, exit)], Ink, givesPast, hasHead: card.Merge is not null);
            }

            if (card.ReturnsState)
                DrawLastState(row, columns[last], bottoms[r]);
        }

        if (card.Merge is null)
            return;
        var left = columns[0] - NetworkLayout.CellWidth / 2;
        Cell(left, mergeTop, columns[^1] + NetworkLayout.CellWidth / 2 - left, card.Merge, Palette.Purple, isPale: false);
        if (mergeTop + NetworkLayout.CellHeight >= place.Y + place.Height - 1)
            return;
        foreach (var x in card.ReturnsSequences ? columns.Where((_, i) => !card.In!.IsGap(i)) : [PlainX(place, drawingWidth)])
            _svg.Add($"<path class=\"rule\" d=\"M{x} {mergeTop + NetworkLayout.CellHeight}V{place.Y + place.Height}\"/>");
    }

    /// <summary>A way past the cells of a row, in the gap beside them.</summary>
    private static (double X, double Y)[] Aside(double x, int side, double top, double bottom)
    {
        var between = x + side * NetworkLayout.Step / 2;
        return [(between, top), (between, bottom)];
    }

    private void DrawCells(NetworkCard card, CellRow row, double[] columns, double top)
    {
        var slots = card.In!;
        for (var level = 0; level < row.Cells.Count; level++)
        {
            var y = top + level * (NetworkLayout.CellHeight + NetworkLayout.StackGap);
            for (var i = 0; i < slots.Count; i++)
            {
                if (slots.IsGap(i))
                    Dots(columns[i], y + NetworkLayout.CellHeight / 2);
                else
                    Cell(columns[i] - NetworkLayout.CellWidth / 2, y, NetworkLayout.CellWidth, row.Cells[level], Palette.Blue, isPale: false);
                if (level > 0 && !slots.IsGap(i))
                    Arrow([(columns[i], y - NetworkLayout.StackGap), (columns[i], y)], Ink);
                if (i == 0)
                    continue;
                var (from, to) = (columns[i - 1] + NetworkLayout.CellWidth / 2, columns[i] - NetworkLayout.CellWidth / 2);
                var middle = y + NetworkLayout.CellHeight / 2;
                Arrow(row.GoesBackwards ? [(to, middle), (from, middle)] : [(from, middle), (to, middle)], StateColor);
            }
        }
    }

    /// <summary>The states after the last step, which the layer gives.</summary>
    private void DrawLastState(CellRow row, double column, double bottom)
    {
        var y = bottom - NetworkLayout.CellHeight / 2;
        var side = row.GoesBackwards ? -1 : 1;
        var x = column + side * NetworkLayout.CellWidth / 2;
        Arrow([(x, y), (x + side * 16, y)], StateColor);
        _svg.Text(x + side * 20, y + 4, row.States, 10, side > 0 ? "start" : "end", " class=\"ink\"");
    }

    private static string ColorOf(NetworkCard card) => card.IsEnd ? Palette.Grey : Palette.Green;

    private void DrawEdge(NetworkEdge edge, NetworkLayout layout)
    {
        var (from, to) = (layout.PlaceOf(edge.From), layout.PlaceOf(edge.To));
        double RowHeight(NetworkPlace place) => layout.Cards.Where(card => card.Y == place.Y).Max(card => card.Height);
        (double X, double Y)[] way = [.. layout.Passed(edge).SelectMany(place => new[] { (place.Middle, place.Y), (place.Middle, place.Y + RowHeight(place)) })];
        if (edge.IsState)
        {
            (double X, double Y)[] start = edge.From.HandsOnStates && edge.Output >= edge.From.FirstState
                ? StateExit(edge, from, layout) : [(PlainX(from, layout.DrawingWidth), Bottom(from))];
            (double X, double Y)[] end = edge.Input > 0 && edge.To.Rows.Count > 0
                ? StateEntry(edge, to, layout) : [(Clamped(to, start[^1].X, layout), Top(to))];
            Arrow([.. start, .. way, .. end], StateColor);
            return;
        }

        var starts = Exits(edge, from, layout);
        for (var i = 0; i < starts.Length; i++)
        {
            var entry = (X: Entry(edge, to, layout, i, starts.Length, starts[i].X), Y: Top(to));
            Arrow([starts[i], .. way, entry], Ink, hasHead: edge.To.Rows.Count == 0);
            if (way.Length > 0)
                break;
        }
    }

    /// <summary>Where a tensor leaves a card: at each step, or at one place.</summary>
    private static (double X, double Y)[] Exits(NetworkEdge edge, NetworkPlace from, NetworkLayout layout)
    {
        var y = Bottom(from);
        var card = from.Card!;
        var aside = card.Rows.Count < 2 || card.Merge is not null ? 0 : edge.Output == 0 ? -6 : 6;
        if (edge.Slots is { } slots && from.Inner is null)
        {
            var steps = Columns(from, slots, layout.DrawingWidth);
            return [.. steps.Where((_, i) => !slots.IsGap(i)).Select(x => (x + aside, y))];
        }

        if (card.Rows.Count == 1 || aside != 0)
        {
            var columns = Columns(from, card.In!, layout.DrawingWidth);
            return [((card.Rows[aside > 0 ? 1 : 0].GoesBackwards ? columns[0] : columns[^1]) + aside, y)];
        }

        return [(PlainX(from, layout.DrawingWidth), y)];
    }

    /// <summary>Where a tensor comes in: at its step, or where it is nearest.</summary>
    private static double Entry(NetworkEdge edge, NetworkPlace to, NetworkLayout layout, int i, int count, double from)
    {
        var card = to.Card!;
        var hasColumns = edge.Slots is not null && to.Inner is null && (card.Rows.Count > 0 || card.WorksEachStep || card.IsEnd);
        if (!hasColumns)
            return Clamped(to, from, layout);
        double[] columns = [.. Columns(to, edge.Slots!, layout.DrawingWidth).Where((_, slot) => !edge.Slots!.IsGap(slot))];
        return columns[Math.Min(i * columns.Length / count, columns.Length - 1)];
    }

    private static double PlainX(NetworkPlace place, double drawingWidth) =>
        place.Inner is null ? place.X + NetworkLayout.LabelWidth + drawingWidth / 2 : place.Middle;

    private static double Clamped(NetworkPlace to, double x, NetworkLayout layout)
    {
        var (left, right) = to.Inner is null
            ? (to.X + NetworkLayout.LabelWidth + NetworkLayout.SideRoom + 8, to.X + NetworkLayout.LabelWidth + layout.DrawingWidth - NetworkLayout.SideRoom - 8)
            : (to.X + 14, to.X + to.Width - 14);
        return Math.Clamp(x, left, right);
    }

    /// <summary>The edge of what is drawn: a row of cells reaches from top to bottom, a single box stands in the middle.</summary>
    private static double Top(NetworkPlace place) =>
        place.Inner is not null || place.Card!.Rows.Count > 0 ? place.Y : MiddleOf(place) - NetworkLayout.CellHeight / 2;

    private static double Bottom(NetworkPlace place) =>
        place.Inner is not null || place.Card!.Rows.Count > 0 ? place.Y + place.Height : MiddleOf(place) + NetworkLayout.CellHeight / 2;

    /// <summary>From the right of the last cell, or the left where it goes backwards, to below the card.</summary>
    private static (double X, double Y)[] StateExit(NetworkEdge edge, NetworkPlace from, NetworkLayout layout)
    {
        var card = edge.From;
        var states = edge.Output - card.FirstState;
        var row = card.Rows.Count > 1 && states >= (card.Node!.Outputs.Count - card.FirstState) / 2 ? 1 : 0;
        var columns = Columns(from, card.In!, layout.DrawingWidth);
        var x = card.Rows[row].GoesBackwards ? columns[0] - NetworkLayout.CellWidth / 2 - 16 : columns[^1] + NetworkLayout.CellWidth / 2 + 16;
        var room = card.Rows.Count > 1 ? NetworkLayout.TwoRowRoom : NetworkLayout.OneRowRoom;
        var y = from.Y + card.Rows.Take(row + 1).Sum(one => NetworkLayout.HeightOf(one) + room) - NetworkLayout.CellHeight / 2;
        return [(x, y), (x, from.Y + from.Height)];
    }

    /// <summary>From above the card to the side of the first cell.</summary>
    private static (double X, double Y)[] StateEntry(NetworkEdge edge, NetworkPlace to, NetworkLayout layout)
    {
        var card = edge.To;
        var row = card.Rows.Count > 1 && edge.Input - 1 >= (card.Node!.Inputs.Count - 1) / 2 ? 1 : 0;
        var side = card.Rows[row].GoesBackwards ? 1 : -1;
        var columns = Columns(to, card.In!, layout.DrawingWidth);
        var x = (side < 0 ? columns[0] : columns[^1]) + side * NetworkLayout.CellWidth / 2;
        var room = card.Rows.Count > 1 ? NetworkLayout.TwoRowRoom : NetworkLayout.OneRowRoom;
        var y = to.Y + room + card.Rows.Take(row).Sum(one => NetworkLayout.HeightOf(one) + room) + NetworkLayout.CellHeight / 2;
        return [(x + side * 16, to.Y), (x + side * 16, y), (x, y)];
    }

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
