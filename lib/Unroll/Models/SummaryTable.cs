using System.Globalization;
using System.Text;
using Unroll.Layers;

namespace Unroll.Models;

/// <summary>Lays a model's summary out in columns, as Keras 2 does.</summary>
internal sealed class SummaryTable
{
    private readonly StringBuilder _text = new();
    private readonly Model _model;
    private readonly SummaryFormat _format;
    private readonly bool _expandNested;
    private readonly bool _showConnections;
    private readonly int _lineLength;
    private readonly int[] _ends;

    public SummaryTable(Model model, int? lineLength, IReadOnlyList<double>? positions, SummaryFormat format, bool expandNested)
    {
        _model = model;
        _format = format;
        _expandNested = expandNested;
        _showConnections = model.LayerGraph is { IsChain: false };
        _lineLength = lineLength ?? (_showConnections ? 98 : 65);
        positions ??= _showConnections ? [.33, .55, .67, 1] : [.45, .85, 1];
        var columns = _showConnections ? 4 : 3;
        if (positions.Count < columns)
            throw new ArgumentException($"Summary needs {columns} positions, one for each column, but got {positions.Count}.", nameof(positions));

        // As in Keras: shares of the width where the last one is at most 1, else columns.
        _ends = [.. positions.Take(columns).Select(position => (int)(positions[^1] <= 1 ? position * _lineLength : position))];
        Write();
    }

    public override string ToString() => _text.ToString().TrimEnd('\n');

    private static string ShapeWord(Layer layer, Shape shape) => layer is InputLayer ? $"[{shape}]" : shape.ToString();

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Count(IEnumerable<Variable> variables) => variables.Sum(variable => (long)variable.Shape.Size);

    private void Write()
    {
        Line($"Model: \"{_model.Name}\"");
        Line(new string('_', _lineLength));
        Row(_showConnections ? ["Layer (type)", "Output Shape", "Param #", "Connected to"] : ["Layer (type)", "Output Shape", "Param #"], 0);
        Line(new string('=', _lineLength));
        Rows(_model, 0);
        var weights = _model.Weights;
        Line($"Total params: {Thousands(Count(weights))}");
        Line($"Trainable params: {Thousands(Count(weights.Where(weight => weight.Trainable)))}");
        Line($"Non-trainable params: {Thousands(Count(weights.Where(weight => !weight.Trainable)))}");
        Line(new string('_', _lineLength));
    }

    private void Rows(Model model, int level)
    {
        var layers = model.Layers;
        for (var i = 0; i < layers.Count; i++)
        {
            Row(Fields(model, layers[i]), level);
            if (_expandNested && layers[i] is Model nested) Rows(nested, level + 1);
            if (level == 0) Separator(isLast: i == layers.Count - 1);
        }
    }

    private string[] Fields(Model model, Layer layer)
    {
        var nodes = model.LayerGraph is { } graph ? graph.Nodes.Where(node => node.Layer == layer).ToArray() : [];
        var shapes = nodes.SelectMany(node => node.Outputs).Select(output => output.Shape).Distinct().ToArray();
        var shape = shapes.Length switch
        {
            0 => "?",
            1 => ShapeWord(layer, shapes[0]),
            _ => $"[{string.Join(", ", nodes[0].Outputs.Select(output => output.Shape))}]",
        };
        string[] fields = [$"{layer.Name} ({layer.GetType().Name})", shape, Number(layer.CountParams())];
        if (!_showConnections) return fields;
        var from = nodes.SelectMany(node => node.Inputs).Select(input =>
            $"{input.Layer.Name}[{CallNumber(model, input)}][{Place(input)}]");
        return [.. fields, $"[{string.Join(", ", from.Select(word => $"'{word}'"))}]"];
    }

    /// <summary>Which call of its layer gives a tensor, counted in the model.</summary>
    private static int CallNumber(Model model, KerasTensor tensor) =>
        model.LayerGraph!.Nodes.Where(node => node.Layer == tensor.Layer).ToList().IndexOf(tensor.Producer);

    private static int Place(KerasTensor tensor) => tensor.Producer.Outputs.ToList().IndexOf(tensor);

    private static string Thousands(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void Separator(bool isLast)
    {
        if (isLast) Line(new string('=', _lineLength));
        else Line(new string(_format == SummaryFormat.Keras26 ? '_' : ' ', _lineLength));
    }

    private void Row(string[] fields, int level)
    {
        if (_format == SummaryFormat.Keras26) CutRow(fields, level);
        else WrappedRow(fields, level);
    }

    /// <summary>Up to 2.6: each field is cut where its column ends.</summary>
    private void CutRow(string[] fields, int level)
    {
        var line = "";
        for (var column = 0; column < fields.Length; column++)
        {
            // A field that reached the next column loses its last letter, so that a space stays between.
            if (column > 0) line = line[..^1] + " ";
            line += (column == 0 ? new string(' ', 2 * level) : "") + fields[column];
            line = line.Length > _ends[column] ? line[.._ends[column]] : line.PadRight(_ends[column]);
        }

        Line(line);
    }

    /// <summary>Since 2.7: a field longer than its column goes on in the next line.</summary>
    private void WrappedRow(string[] fields, int level)
    {
        var rest = (string[])fields.Clone();
        while (Array.Exists(rest, field => field.Length > 0))
        {
            var line = new StringBuilder();
            for (var column = 0; column < rest.Length; column++)
            {
                var isLast = column == rest.Length - 1;
                var width = _ends[column] - (column == 0 ? 0 : _ends[column - 1]) - (isLast ? 0 : 2);
                var piece = rest[column][..PieceLength(rest[column], width)];
                if (column == 0) line.Append('|', level).Append(' ');
                line.Append(piece).Append(' ', isLast ? 0 : 2);
                rest[column] = rest[column][piece.Length..];
                line.Append(' ', Math.Max(0, _ends[column] - level - line.Length));
            }

            Line(line.Append('|', level).ToString());
        }
    }

    /// <summary>How much of a field fits; behind the end of a tuple or a quoted name a new line begins.</summary>
    private static int PieceLength(string field, int width)
    {
        var length = Math.Min(width, field.Length);
        foreach (var end in (string[])["),", "},", "],", "',"])
        {
            var at = field[..length].IndexOf(end, StringComparison.Ordinal);
            if (at >= 0) length = Math.Min(length, at + end.Length);
        }

        return length;
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
