using System.Globalization;
using System.Text;

namespace Unroll;

/// <summary>
/// A tensor as tables of numbers on colours: blue below zero, orange above, the stronger the larger. The last two axes are a
/// table's rows and columns; each element of those before has a table of its own, folded but for the first. Of a tensor
/// that NumPy would not print whole, the edges are shown, as NumPy shows them.
/// </summary>
internal static class TensorTable
{
    private const int OpenCells = 240;
    private const int Gap = -1;

    /// <summary>From below zero to above: so light that black is read on them in both themes.</summary>
    private static readonly string[] Colors =
        ["#4f9ecc", "#6ab1d8", "#8dc1de", "#b0d2e3", "#d2e2e9", "#f5f3ee", "#f3dfcc", "#f1cba9", "#eeb787", "#eca365", "#e3904b"];

    private static readonly string Style = MakeStyle();

    private static int Edge => Math.Max(1, PrintOptions.Default.EdgeItems);

    public static string Write(Tensor tensor)
    {
        var html = new StringBuilder("<div class=\"unroll-tensor\">").Append(Style)
            .Append($"<div><code>shape={tensor.Shape} dtype=float32</code> {InWords(tensor.Shape)}</div>");
        if (tensor.Size > 0)
            WritePages(html, tensor);
        return html.Append("</div>").ToString();
    }

    /// <summary>What the axes are, as recurrent layers have them.</summary>
    public static string InWords(Shape shape) => shape.Rank switch
    {
        0 => "one number",
        _ when shape.Size == 0 => "no numbers",
        1 => Counted(shape[0], "number"),
        2 => $"{Counted(shape[0], "row")}, {Counted(shape[1], "column")}",
        3 => string.Create(CultureInfo.InvariantCulture, $"batch {shape[0]}, time {shape[1]}, features {shape[2]}"),
        _ => $"{Counted(shape.Rank, "axis", "axes")}, {string.Create(CultureInfo.InvariantCulture, $"{shape.Size:N0}")} numbers",
    };

    private static string Counted(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    private static void WritePages(StringBuilder html, Tensor tensor)
    {
        var shape = tensor.Shape;
        var (rows, columns) = (shape.Rank < 2 ? 1 : shape[shape.Rank - 2], shape.Rank == 0 ? 1 : shape[shape.Rank - 1]);
        var pages = tensor.Size / (rows * columns);
        var isCut = tensor.Size > PrintOptions.Default.Threshold;
        var numbers = new CellNumbers(tensor);
        var (rowNames, columnNames) = shape.Rank == 3 ? ("time", "features") : ("", "");
        var first = true;
        foreach (var page in Shown(pages, isCut))
        {
            if (page == Gap)
            {
                html.Append(CultureInfo.InvariantCulture, $"<div>⋯ {pages - 2 * Edge} more, not shown</div>");
                continue;
            }

            var values = tensor.Values.Slice(page * rows * columns, rows * columns);
            var table = WriteTable(values, rows, columns, isCut, numbers, rowNames, columnNames);
            if (shape.Rank < 3 && rows * columns <= OpenCells)
            {
                html.Append(table);
                continue;
            }

            var cells = Shown(rows, isCut).Count * Shown(columns, isCut).Count;
            html.Append(first && cells <= OpenCells ? "<details open>" : "<details>")
                .Append("<summary>").Append(PageName(shape, page)).Append("</summary>").Append(table).Append("</details>");
            first = false;
        }
    }

    /// <summary>The places along an axis that are shown.</summary>
    private static List<int> Shown(int length, bool isCut) => isCut && length > 2 * Edge
        ? [.. Enumerable.Range(0, Edge), Gap, .. Enumerable.Range(length - Edge, Edge)]
        : [.. Enumerable.Range(0, length)];

    /// <summary>The index of a table: <c>[0]</c>, or <c>[0, 2]</c> where more axes come before.</summary>
    private static string PageName(Shape shape, int page)
    {
        if (shape.Rank < 3)
            return "the numbers";
        var index = new int[shape.Rank - 2];
        for (var axis = index.Length - 1; axis >= 0; axis--)
            (page, index[axis]) = (page / shape[axis], page % shape[axis]);
        return $"[{string.Join(", ", index.Select(place => place.ToString(CultureInfo.InvariantCulture)))}]";
    }

    private static string WriteTable(
        ReadOnlySpan<float> values, int rows, int columns, bool isCut, CellNumbers numbers, string rowName, string columnName)
    {
        var html = new StringBuilder("<table>");
        var (shownRows, shownColumns) = (Shown(rows, isCut), Shown(columns, isCut));
        if (columns > 1 || rows > 1)
        {
            html.Append("<tr><th>").Append(rowName.Length > 0 ? $"{rowName} ↓ {columnName} →" : "").Append("</th>");
            foreach (var column in shownColumns)
                html.Append("<th>").Append(column == Gap ? "⋯" : column.ToString(CultureInfo.InvariantCulture)).Append("</th>");
            html.Append("</tr>");
        }

        foreach (var row in shownRows)
        {
            html.Append("<tr>");
            if (columns > 1 || rows > 1)
                html.Append("<th>").Append(row == Gap ? "⋮" : rows == 1 ? "" : row.ToString(CultureInfo.InvariantCulture)).Append("</th>");
            foreach (var column in shownColumns)
            {
                if (row == Gap || column == Gap)
                    html.Append("<th>").Append(row == Gap ? "⋮" : "⋯").Append("</th>");
                else
                    numbers.Append(html, values[row * columns + column]);
            }

            html.Append("</tr>");
        }

        return html.Append("</table>").ToString();
    }

    /// <summary>
    /// A class for each colour, which is shorter than the colour in each cell. Not h1 to h6: where the style is taken away, as in a
    /// notebook that is not trusted, Bootstrap gives those the sizes of headings.
    /// </summary>
    private static string MakeStyle()
    {
        var style = new StringBuilder(
            "<style>.unroll-tensor table{border-collapse:collapse;margin:4px 0}" +
            ".unroll-tensor td{color:#111;padding:1px 7px;text-align:right;font:12px/1.5 ui-monospace,monospace}" +
            ".unroll-tensor th{font-weight:400;font-size:11px;opacity:.7;padding:1px 7px;text-align:right}.unroll-tensor .n{background:#ddd}");
        for (var level = 0; level < Colors.Length; level++)
            style.Append(CultureInfo.InvariantCulture, $".unroll-tensor .v{level}{{background:{Colors[level]}}}");
        return style.Append("</style>").ToString();
    }

    /// <summary>
    /// How the numbers of one tensor are written and coloured. The colours have fixed steps, so that a number looks the same in
    /// two tables that a reader compares, whatever else is in them; only tensors of another size altogether have steps of their own.
    /// </summary>
    private sealed class CellNumbers
    {
        private const int MostDecimals = 4;
        private const float LeastReach = 0.02f;
        private const float MostReach = 4;

        /// <summary>From where on a number has a stronger colour: those of activations, which seldom leave −1 to 1.</summary>
        private static readonly float[] Steps = [0.02f, 0.1f, 0.25f, 0.5f, 0.8f];

        private readonly string _format;
        private readonly float _reach;
        private readonly float _unit;

        public CellNumbers(Tensor tensor)
        {
            var finite = tensor.ToArray().Where(float.IsFinite).Select(MathF.Abs).ToArray();
            _reach = finite.DefaultIfEmpty(0).Max();
            _unit = _reach is 0 or (>= LeastReach and <= MostReach) ? 1 : MathF.Pow(10, MathF.Ceiling(MathF.Log10(_reach)));
            var smallest = finite.Where(value => value > 0).DefaultIfEmpty(1).Min();
            var decimals = Math.Min(MostDecimals, PrintOptions.Default.Precision);
            _format = finite.All(value => value == MathF.Floor(value)) && _reach < 1e7f ? "0"
                : _reach >= 1e6f || (_reach < 1e-2f && smallest < 1e-3f) ? "0." + new string('0', decimals) + "e+00"
                : "F" + decimals.ToString(CultureInfo.InvariantCulture);
        }

        public void Append(StringBuilder html, float value)
        {
            if (!float.IsFinite(value))
            {
                html.Append("<td class=\"n\">").Append(float.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf").Append("</td>");
                return;
            }

            var strength = Steps.Count(step => MathF.Abs(value) / _unit >= step);
            var level = Colors.Length / 2 + MathF.Sign(value) * strength;
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"v{level}\">{value.ToString(_format, CultureInfo.InvariantCulture)}</td>");
        }
    }
}
