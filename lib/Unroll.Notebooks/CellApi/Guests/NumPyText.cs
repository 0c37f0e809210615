using System.Text;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>Lays numbers out as NumPy prints arrays: rows in brackets, large arrays shortened, long rows wrapped.</summary>
internal static class NumPyText
{
    private const int Threshold = 1000;
    private const int EdgeItems = 3;
    private const int LineWidth = 75;

    /// <summary>Whether an array of this shape is shortened.</summary>
    public static bool IsCut(long[] shape) => shape.Aggregate(1L, (product, length) => product * length) > Threshold;

    /// <summary>How many items of an axis are shown.</summary>
    public static long Kept(long length, bool isCut) => isCut ? Math.Min(length, 2 * EdgeItems) : length;

    /// <summary>The text; null where there are no numbers.</summary>
    /// <param name="values">The numbers that are shown, in row-major order.</param>
    /// <param name="shape">The shape of the whole array.</param>
    /// <param name="format">Makes from all numbers what writes each, all of one width.</param>
    public static string? Write<T>(T[]? values, long[] shape, Func<T[], Func<T, string>> format)
    {
        if (values is null)
            return null;
        if (shape.Contains(0))
            return "[]";
        var words = Array.ConvertAll(values, new Converter<T, string>(format(values)));
        if (shape.Length == 0)
            return words[0].EndsWith('.') ? $"{words[0]}0" : words[0];
        var isCut = IsCut(shape);
        var kept = shape.Select(length => (int)Kept(length, isCut)).ToArray();
        return Write(words, 0, 0);

        string Write(string[] words, int axis, int start)
        {
            var stride = kept.Skip(axis + 1).Aggregate(1, (product, length) => product * length);
            var isRow = axis == shape.Length - 1;
            var items = Enumerable.Range(start, kept[axis])
                .Select(i => isRow ? words[i] : Write(words, axis + 1, start + ((i - start) * stride))).ToList();
            if (kept[axis] < shape[axis])
                items.Insert(EdgeItems, "...");
            return isRow
                ? Row(items, axis + 1)
                : $"[{string.Join(new string('\n', shape.Length - 1 - axis) + new string(' ', axis + 1), items)}]";
        }
    }

    /// <summary>The last axis: numbers beside each other, in as many lines as it takes.</summary>
    private static string Row(List<string> items, int indent)
    {
        var text = new StringBuilder("[");
        var column = indent;
        foreach (var item in items)
        {
            if (column > indent && column + 1 + item.Length > LineWidth - indent)
            {
                while (text[^1] == ' ')
                    text.Length--;
                text.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (column > indent)
            {
                text.Append(' ');
                column++;
            }

            text.Append(item);
            column += item.Length;
        }

        return text.Append(']').ToString();
    }
}
