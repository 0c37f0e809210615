using Unroll.Figures.Svg;

namespace Unroll.Pictures.Network;

/// <content>Recurrent layers: their cells at each step, and the states between them.</content>
internal sealed partial class NetworkSvg
{
    /// <summary>The cells of a recurrent layer at each step, and the states between them.</summary>
    private void DrawUnrolled(NetworkPlace place)
    {
        var card = place.Card!;
        var columns = Columns(place, card.In!);
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
            DrawCells(place, row, columns, tops[r]);
            var last = row.GoesBackwards ? 0 : columns.Length - 1;
            for (var i = 0; i < columns.Length; i++)
            {
                if (card.In!.IsGap(i))
                    continue;

                // The second row reads, and the first one gives, through the gaps between the other row's cells.
                var (readsPast, givesPast) = (r > 0, r == 0 && card.Rows.Count > 1);
                (double, double)[] before = readsPast ? Aside(place, columns[i], 1, tops[0], bottoms[0]) : [];
                _arrows.Flow([(columns[i], place.Y), .. before, (columns[i], tops[r])], readsPast);
                if (!card.ReturnsSequences && i != last)
                    continue;
                var x = columns[i] + (card.Rows.Count == 1 ? 0 : r == 0 ? -6 : 6);
                (double, double)[] after = givesPast ? Aside(place, columns[i], -1, tops[1], bottoms[1]) : [];
                _arrows.Flow([(columns[i], bottoms[r]), .. after, (x, exit)], givesPast, hasHead: card.Merge is not null);
            }

            if (card.ReturnsState)
                DrawLastState(place, row, columns[last], bottoms[r]);
        }

        if (card.Merge is null)
            return;
        var left = columns[0] - place.Measures.CellWidth / 2;
        Cell(left, mergeTop, columns[^1] + place.Measures.CellWidth / 2 - left, card.Merge, Palette.Purple, isPale: false);
        if (mergeTop + NetworkLayout.CellHeight >= place.Y + place.Height - 1)
            return;
        foreach (var x in card.ReturnsSequences ? columns.Where((_, i) => !card.In!.IsGap(i)) : [PlainX(place)])
            _svg.Add($"<path class=\"rule\" d=\"M{x} {mergeTop + NetworkLayout.CellHeight}V{place.Y + place.Height}\"/>");
    }

    /// <summary>A way past the cells of a row, in the gap beside them.</summary>
    private static (double X, double Y)[] Aside(NetworkPlace place, double x, int side, double top, double bottom)
    {
        var between = x + side * place.Measures.Step / 2;
        return [(between, top), (between, bottom)];
    }

    private void DrawCells(NetworkPlace place, CellRow row, double[] columns, double top)
    {
        var slots = place.Card!.In!;
        var width = place.Measures.CellWidth;
        for (var level = 0; level < row.Cells.Count; level++)
        {
            var y = top + level * (NetworkLayout.CellHeight + NetworkLayout.StackGap);
            for (var i = 0; i < slots.Count; i++)
            {
                if (slots.IsGap(i))
                    Dots(columns[i], y + NetworkLayout.CellHeight / 2);
                else
                    Cell(columns[i] - width / 2, y, width, row.Cells[level], Palette.Blue, isPale: false);
                if (level > 0 && !slots.IsGap(i))
                    _arrows.Flow([(columns[i], y - NetworkLayout.StackGap), (columns[i], y)]);
                if (i == 0)
                    continue;
                var (from, to) = (columns[i - 1] + width / 2, columns[i] - width / 2);
                var middle = y + NetworkLayout.CellHeight / 2;
                _arrows.State(row.GoesBackwards ? [(to, middle), (from, middle)] : [(from, middle), (to, middle)]);
            }
        }
    }

    /// <summary>The states after the last step, which the layer gives.</summary>
    private void DrawLastState(NetworkPlace place, CellRow row, double column, double bottom)
    {
        var y = bottom - NetworkLayout.CellHeight / 2;
        var side = row.GoesBackwards ? -1 : 1;
        var x = column + side * place.Measures.CellWidth / 2;
        _arrows.State([(x, y), (x + side * 16, y)]);
        _svg.Text(x + side * 20, y + 4, row.States, 11, side > 0 ? "start" : "end", " class=\"ink\"");
    }
}
