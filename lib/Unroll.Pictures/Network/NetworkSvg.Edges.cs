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
                ? StateExit(edge, from) : [(PlainX(from), Bottom(from))];
            (double X, double Y)[] end = edge.Input > 0 && edge.To.Rows.Count > 0
                ? StateEntry(edge, to) : [(Clamped(to, start[^1].X), Top(to))];
            _arrows.State([.. start, .. way, .. end]);
            return;
        }

        var starts = Exits(edge, from);
        for (var i = 0; i < starts.Length; i++)
        {
            var entry = (X: Entry(edge, to, i, starts.Length, starts[i].X), Y: Top(to));
            _arrows.Flow([starts[i], .. way, entry], hasHead: edge.To.Rows.Count == 0);
            if (way.Length > 0)
                break;
        }
    }

    /// <summary>Where a tensor leaves a card: at each step, or at one place.</summary>
    private static (double X, double Y)[] Exits(NetworkEdge edge, NetworkPlace from)
    {
        var y = Bottom(from);
        var card = from.Card!;
        var aside = card.Rows.Count < 2 || card.Merge is not null ? 0 : edge.Output == 0 ? -6 : 6;
        if (edge.Slots is { } slots && from.Inner is null)
        {
            var steps = Columns(from, slots);
            return [.. steps.Where((_, i) => !slots.IsGap(i)).Select(x => (x + aside, y))];
        }

        if (card.Rows.Count == 1 || aside != 0)
        {
            var columns = Columns(from, card.In!);
            return [((card.Rows[aside > 0 ? 1 : 0].GoesBackwards ? columns[0] : columns[^1]) + aside, y)];
        }

        return [(PlainX(from), y)];
    }

    /// <summary>Where a tensor comes in: at its step, or where it is nearest.</summary>
    private static double Entry(NetworkEdge edge, NetworkPlace to, int i, int count, double from)
    {
        var card = to.Card!;
        var hasColumns = edge.Slots is not null && to.Inner is null && (card.Rows.Count > 0 || card.WorksEachStep || card.IsEnd);
        if (!hasColumns)
            return Clamped(to, from);
        double[] columns = [.. Columns(to, edge.Slots!).Where((_, slot) => !edge.Slots!.IsGap(slot))];
        return columns[Math.Min(i * columns.Length / count, columns.Length - 1)];
    }

    private static double PlainX(NetworkPlace place) =>
        place.Inner is null ? place.X + place.Measures.LabelWidth + place.Measures.DrawingWidth / 2 : place.Middle;

    private static double Clamped(NetworkPlace to, double x)
    {
        var (left, right) = to.Inner is null
            ? (to.X + to.Measures.LabelWidth + NetworkMeasures.SideRoom + 8, to.X + to.Measures.LabelWidth + NetworkMeasures.SideRoom + to.Measures.StepsWidth - 8)
            : (to.X + 14, to.X + to.Width - 14);
        return Math.Clamp(x, left, right);
    }

    /// <summary>The edge of what is drawn: a row of cells reaches from top to bottom, a single box stands in the middle.</summary>
    private static double Top(NetworkPlace place) =>
        place.Inner is not null || place.Card!.Rows.Count > 0 ? place.Y : MiddleOf(place) - NetworkLayout.CellHeight / 2;

    private static double Bottom(NetworkPlace place) =>
        place.Inner is not null || place.Card!.Rows.Count > 0 ? place.Y + place.Height : MiddleOf(place) + NetworkLayout.CellHeight / 2;

    /// <summary>From the right of the last cell, or the left where it goes backwards, to below the card.</summary>
    private static (double X, double Y)[] StateExit(NetworkEdge edge, NetworkPlace from)
    {
        var card = edge.From;
        var states = edge.Output - card.FirstState;
        var row = card.Rows.Count > 1 && states >= (card.Node!.Outputs.Count - card.FirstState) / 2 ? 1 : 0;
        var columns = Columns(from, card.In!);
        var x = card.Rows[row].GoesBackwards ? columns[0] - from.Measures.CellWidth / 2 - 16 : columns[^1] + from.Measures.CellWidth / 2 + 16;
        var room = card.Rows.Count > 1 ? NetworkLayout.TwoRowRoom : NetworkLayout.OneRowRoom;
        var y = from.Y + card.Rows.Take(row + 1).Sum(one => NetworkLayout.HeightOf(one) + room) - NetworkLayout.CellHeight / 2;
        return [(x, y), (x, from.Y + from.Height)];
    }

    /// <summary>From above the card to the side of the first cell.</summary>
    private static (double X, double Y)[] StateEntry(NetworkEdge edge, NetworkPlace to)
    {
        var card = edge.To;
        var row = card.Rows.Count > 1 && edge.Input - 1 >= (card.Node!.Inputs.Count - 1) / 2 ? 1 : 0;
        var side = card.Rows[row].GoesBackwards ? 1 : -1;
        var columns = Columns(to, card.In!);
        var x = (side < 0 ? columns[0] : columns[^1]) + side * to.Measures.CellWidth / 2;
        var room = card.Rows.Count > 1 ? NetworkLayout.TwoRowRoom : NetworkLayout.OneRowRoom;
        var y = to.Y + room + card.Rows.Take(row).Sum(one => NetworkLayout.HeightOf(one) + room) + NetworkLayout.CellHeight / 2;
        return [(x + side * 16, to.Y), (x + side * 16, y), (x, y)];
    }
}
