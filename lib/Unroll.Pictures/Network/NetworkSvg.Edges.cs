namespace Unroll.Pictures.Network;

/// <content>What goes from layer to layer.</content>
internal sealed partial class NetworkSvg
{
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
}
