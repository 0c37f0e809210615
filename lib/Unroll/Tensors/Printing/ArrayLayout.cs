using System.Text;

namespace Unroll;

/// <summary>
/// Sets elements in rows, rows in brackets and blocks in more brackets, with line breaks where NumPy has them.
/// </summary>
internal sealed class ArrayLayout(ElementFormat format, Edges edges, int rank, int lineWidth)
{
    private const string Ellipsis = "...";
    private readonly StringBuilder _text = new();

    /// <summary>The array as text.</summary>
    public string Write(ReadOnlySpan<float> values, ReadOnlySpan<int> dims)
    {
        WriteBlock(values, dims);
        return _text.ToString();
    }

    private void WriteBlock(ReadOnlySpan<float> values, ReadOnlySpan<int> dims)
    {
        _text.Append('[');
        if (dims.Length == 1)
            WriteRow(values);
        else
            WriteRowsOrBlocks(values, dims);
        _text.Append(']');
    }

    private void WriteRowsOrBlocks(ReadOnlySpan<float> values, ReadOnlySpan<int> dims)
    {
        // Rows follow line by line; each axis further out puts one more empty line between its blocks.
        var newLines = dims.Length - 1;
        var indent = rank - newLines;
        var stride = values.Length / dims[0];
        var isFirst = true;
        foreach (var index in edges.Along(dims[0]))
        {
            if (!isFirst)
                _text.Append('\n', newLines).Append(' ', indent);
            isFirst = false;
            if (index == Edges.Gap)
                _text.Append(Ellipsis);
            else
                WriteBlock(values.Slice(index * stride, stride), dims[1..]);
        }
    }

    private void WriteRow(ReadOnlySpan<float> row)
    {
        // One column is kept free for each closing bracket, as many as opened before the row.
        var lastColumn = lineWidth - rank;
        var column = rank;
        foreach (var index in edges.Along(row.Length))
        {
            var word = index == Edges.Gap ? Ellipsis : format.Write(row[index]);
            var isFirstOfLine = column == rank;
            if (!isFirstOfLine && column + 1 + word.Length > lastColumn)
            {
                TrimEnd();
                _text.Append('\n').Append(' ', rank);
                column = rank;
            }
            else if (!isFirstOfLine)
            {
                _text.Append(' ');
                column++;
            }

            _text.Append(word);
            column += word.Length;
        }
    }

    private void TrimEnd()
    {
        while (_text[^1] == ' ')
            _text.Length--;
    }
}
