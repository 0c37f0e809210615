using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>
/// The weights of cells in ONNX' layout. Keras has (features, gates·units) with an LSTM's gates i, f, c, o; ONNX has
/// (directions, gates·units, features), i, o, f, c. A GRU's are z, r, h in both. ONNX adds two biases, side by side.
/// </summary>
/// <param name="Kernel">W, (directions, gates·units, features).</param>
/// <param name="RecurrentKernel">R, (directions, gates·units, units).</param>
/// <param name="Bias">B, (directions, 2·gates·units); null where no cell has one.</param>
internal sealed record GateWeights(Value Kernel, Value RecurrentKernel, Value? Bias)
{
    /// <summary>The weights of a cell for each direction.</summary>
    public static GateWeights Of(GraphBuilder graph, IReadOnlyList<KernelCell> cells)
    {
        int[] order = cells[0] switch
        {
            LSTMCell => [0, 3, 1, 2],
            GRUCell => [0, 1, 2],
            _ => [0],
        };
        return new GateWeights(
            Turned(graph, [.. cells.Select(cell => cell.Kernel)], order),
            Turned(graph, [.. cells.Select(cell => cell.RecurrentKernel)], order),
            cells.Any(cell => cell.UseBias) ? Biases(graph, cells, order) : null);
    }

    private static Value Turned(GraphBuilder graph, Variable[] kernels, int[] order)
    {
        var (rows, columns) = (kernels[0].Shape[0], kernels[0].Shape[1]);
        return graph.Weight(kernels[0], Layout(kernels), [kernels.Length, columns, rows], numbers =>
        {
            var units = columns / order.Length;
            foreach (var (direction, kernel) in kernels.Index())
            {
                var values = kernel.Readable;
                var rest = numbers.Slice(direction * rows * columns, rows * columns);
                foreach (var (place, gate) in order.Index())
                    for (var unit = 0; unit < units; unit++)
                        for (var row = 0; row < rows; row++)
                            rest[(place * units + unit) * rows + row] = values[row * columns + gate * units + unit];
            }
        });
    }

    /// <summary>Keras has one bias, except for a GRU whose reset gate comes after the product: it has both.</summary>
    private static Value Biases(GraphBuilder graph, IReadOnlyList<KernelCell> cells, int[] order)
    {
        var first = cells.First(cell => cell.UseBias).Bias!;
        var units = cells[0].Units;
        var length = 2 * order.Length * units;
        return graph.Weight(first, Layout([.. cells.Select(cell => cell.Bias)]), [cells.Count, length], numbers =>
        {
            foreach (var (direction, cell) in cells.Index().Where(one => one.Item.UseBias))
            {
                var values = cell.Bias!.Readable;
                var own = numbers.Slice(direction * length, length);
                for (var bias = 0; bias < values.Length / (order.Length * units); bias++)
                {
                    foreach (var (place, gate) in order.Index())
                        values.Slice((bias * order.Length + gate) * units, units).CopyTo(own[((bias * order.Length + place) * units)..]);
                }
            }
        });
    }

    private static string Layout(Variable?[] weights) => $"gates with {string.Join(" and ", weights.Skip(1).Select(weight => weight?.Name))}";
}
