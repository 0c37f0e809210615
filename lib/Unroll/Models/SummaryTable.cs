using System.Globalization;
using System.Text;
using Unroll.Layers;

namespace Unroll.Models;

/// <summary>Lays a model's summary out in columns, as Keras 2 does.</summary>
internal sealed class SummaryTable
{
    private const int MostColumns = 10_000;
    private readonly StringBuilder _text = new();
    private readonly Model _model;
    private readonly SummaryFormat _format;
    private readonly bool _expandNested;
    private readonly bool _showConnections;
    private readonly int _lineLength;
    private readonly int[] _ends;

    public SummaryTable(Model model, int? lineLength, IReadOnlyList<double>? positions, SummaryFormat format, bool expandNested)
    {
        if (expandNested && format == SummaryFormat.Keras26)
            throw new NotSupportedException("Summary: expandNested is not in the table of Keras 2.6. Use SummaryFormat.Keras27.");
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
        CheckRoom();
        Write();
    }

    /// <summary>The names of the columns.</summary>
    public string[] Header => _showConnections ? ["Layer (type)", "Output Shape", "Param #", "Connected to"] : ["Layer (type)", "Output Shape", "Param #"];

    /// <summary>The lines under the table.</summary>
    public string[] Totals
    {
        get
        {
            var weights = _model.Weights;
            return
            [
                $"Total params: {Thousands(Count(weights))}",
                $"Trainable params: {Thousands(Count(_model.TrainableWeights))}",
                $"Non-trainable params: {Thousands(Count(_model.NonTrainableWeights))}",
            ];
        }
    }

    public override string ToString() => _text.ToString().TrimEnd('\n');

    private static string ShapeWord(Node call) => call.Outputs.Count == 1 && !call.Layer.IsInput
        ? call.Outputs[0].Shape.ToString()
        : $"[{string.Join(", ", call.Outputs.Select(output => output.Shape))}]";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Count(IEnumerable<Variable> variables) => variables.Sum(variable => (long)variable.Shape.Size);

    /// <summary>A column without room would be written for ever.</summary>
    private void CheckRoom()
    {
        if (_lineLength is < 1 or > MostColumns || _ends[^1] > MostColumns)
        {
            throw new ArgumentException(
                $"Summary: the table must be from 1 to {MostColumns} columns wide, but lineLength is {_lineLength} and the last column ends at {_ends[^1]}.");
        }

        for (var column = 0; column < _ends.Length; column++)
        {
            if (Width(column) > 0)
                continue;
            throw new ArgumentException(
                $"Summary: lineLength {_lineLength} with columns that end at {string.Join(", ", _ends)} leaves no room for \"{Header[column]}\". " +
                "Use a greater lineLength, or other positions.");
        }
    }

    /// <summary>The room for a field; two spaces part it from the next column.</summary>
    private int Width(int column) =>
        _ends[column] - (column == 0 ? 0 : _ends[column - 1]) - (column == _ends.Length - 1 ? 0 : 2);

    private void Write()
    {
        Line($"Model: \"{_model.Name}\"");
        Line(new string('_', _lineLength));
        Row(Header, 0);
        Line(new string('=', _lineLength));
        Rows(_model, _model.Layers, 0);
        foreach (var total in Totals)
            Line(total);
        Line(new string('_', _lineLength));
    }

    private void Rows(Layer model, IReadOnlyList<Layer> layers, int level)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            Row(Fields(model, layers[i], level), level);
            if (_expandNested && layers[i].ListedLayers is { } within)
            {
                Framed('¯', level + 1);
                Rows(layers[i], within, level + 1);
                Framed('¯', level);
            }

            var isLast = i == layers.Count - 1;
            if (level == 0)
                Separator(isLast);
            else if (!isLast)
                Framed(' ', level);
        }
    }

    /// <summary>A row: the layer, its shape, its parameters, and what it reads where there are branches.</summary>
    public string[] Fields(Layer model, Layer layer, int level = 0)
    {
        var nodes = model.LayerGraph is { } graph ? graph.Nodes.Where(node => node.Layer == layer).ToArray() : [];
        var shapes = nodes.Select(ShapeWord).Distinct(StringComparer.Ordinal).ToArray();
        var shape = shapes.Length switch
        {
            1 => shapes[0],

            // Keras says so too of a class of one's own, whose layers may be called in many ways.
            _ => "multiple",
        };
        string[] fields = [$"{layer.Name} ({layer.ClassName})", shape, layer.Built ? Number(Count(layer.Weights)) : "0 (unused)"];
        if (!_showConnections)
            return fields;

        // As in Keras: connections within a nested model are not shown.
        var from = level > 0 ? [] : nodes.SelectMany(node => node.Inputs).Select(input =>
            $"{input.Layer.Name}[{CallNumber(model, input)}][{Place(input)}]");
        return _format == SummaryFormat.Keras26
            ? [.. fields, string.Join('\n', from)]
            : [.. fields, $"[{string.Join(", ", from.Select(word => $"'{word}'"))}]"];
    }

    /// <summary>Which call of its layer gives a tensor, counted in the model.</summary>
    private static int CallNumber(Layer model, KerasTensor tensor) =>
        model.LayerGraph!.Nodes.Where(node => node.Layer == tensor.Layer).ToList().IndexOf(tensor.Producer);

    private static int Place(KerasTensor tensor) => tensor.Producer.Outputs.ToList().IndexOf(tensor);

    private static string Thousands(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void Separator(bool isLast)
    {
        if (_format == SummaryFormat.Keras27)
            Framed(' ', 0);
        else if (!isLast)
            Line(new string('_', _lineLength));
        if (isLast)
            Line(new string('=', _lineLength));
    }

    /// <summary>A line of one character between the bars of the models around it.</summary>
    private void Framed(char filling, int level) =>
        Line(new string('|', level) + new string(filling, Math.Max(0, _lineLength - 2 * level)) + new string('|', level));

    private void Row(string[] fields, int level)
    {
        if (_format == SummaryFormat.Keras27)
        {
            WrappedRow(fields, level);
            return;
        }

        // Each connection has a line of its own.
        var last = fields[^1].Split('\n');
        CutRow([.. fields[..^1], last[0]]);
        foreach (var more in last[1..])
            CutRow([.. fields[..^1].Select(_ => ""), more]);
    }

    /// <summary>Up to 2.6: each field is cut where its column ends.</summary>
    private void CutRow(string[] fields)
    {
        var line = "";
        for (var column = 0; column < fields.Length; column++)
        {
            // A field that reached the next column loses its last letter, so that a space stays between.
            if (column > 0)
                line = line[..^1] + " ";
            line += fields[column];
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
                var piece = rest[column][..PieceLength(rest[column], Width(column))];
                if (column == 0)
                    line.Append('|', level).Append(' ');
                line.Append(piece).Append(' ', isLast ? 0 : 2);
                rest[column] = rest[column][piece.Length..];
                line.Append(' ', Math.Max(0, _ends[column] - level - line.Length));
            }

            Line(line.Append('|', level).ToString());
        }
    }

    /// <summary>How much of a field fits; after the end of a tuple or a quoted name a new line begins.</summary>
    private static int PieceLength(string field, int width)
    {
        var length = Math.Min(width, field.Length);
        foreach (var end in (string[])["),", "},", "],", "',"])
        {
            var at = field[..length].IndexOf(end, StringComparison.Ordinal);
            if (at >= 0)
                length = Math.Min(length, at + end.Length);
        }

        return length;
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
