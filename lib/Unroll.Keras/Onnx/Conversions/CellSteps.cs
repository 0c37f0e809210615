using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>One step of each cell, from single operations: the equations are those of the cells.</summary>
internal static class CellSteps
{
    /// <summary>Output and next states.</summary>
    /// <exception cref="NotSupportedException">The cell is of a class of the user's own.</exception>
    public static (Value Output, IReadOnlyList<Value> States) Of(GraphBuilder graph, Layer owner, RNNCell cell, Value x, IReadOnlyList<Value> states) =>
        cell switch
        {
            LSTMCell lstm => Lstm(graph, owner, Gates(graph, lstm, x, states[0]), states[1], lstm.Activation, lstm.RecurrentActivation),
            GRUCell gru => Gru(graph, owner, gru, x, states[0]),
            SimpleRNNCell simple => Same(Activations.Apply(graph, owner, simple.Activation, Gates(graph, simple, x, states[0]))),
            ConvLSTMCell conv => Lstm(graph, owner, Gates(graph, conv, x, states[0]), states[1], conv.Activation, conv.RecurrentActivation),
            StackedRNNCells stacked => Stacked(graph, owner, stacked, x, states),
            _ => throw Refusal.Of(owner, $"cell {cell.Name} ({cell.ClassName}), of a class of its own,", "Use LSTMCell, GRUCell or SimpleRNNCell."),
        };

    private static (Value Output, IReadOnlyList<Value> States) Stacked(
        GraphBuilder graph, Layer owner, StackedRNNCells stacked, Value x, IReadOnlyList<Value> states)
    {
        var next = new List<Value>();
        foreach (var cell in stacked.Cells)
        {
            var own = states.Skip(next.Count).Take(cell.StateSize.Count).ToArray();
            (x, var stepped) = graph.Within(cell, () => Of(graph, owner, cell, x, own));
            next.AddRange(stepped);
        }

        return (x, next);
    }

    private static (Value Output, IReadOnlyList<Value> States) Lstm(
        GraphBuilder graph, Layer owner, Value gates, Value c, ActivationFunction activation, ActivationFunction recurrent)
    {
        var parts = graph.Split(gates, 4, gates.Rank - 1);
        Value Gate(int i) => Activations.Apply(graph, owner, recurrent, parts[i]);
        c = graph.Plus(graph.Times(Gate(1), c), graph.Times(Gate(0), Activations.Apply(graph, owner, activation, parts[2])));
        var h = graph.Times(Gate(3), Activations.Apply(graph, owner, activation, c));
        return (h, [h, c]);
    }

    private static (Value Output, IReadOnlyList<Value> States) Gru(GraphBuilder graph, Layer owner, GRUCell cell, Value x, Value h)
    {
        var (units, last) = (cell.Units, x.Rank - 1);
        var bias = cell.Bias is null ? null : graph.Weight(cell.Bias, [cell.ResetAfter ? 2 : 1, 3 * units]);
        var inputs = graph.Split(Plus(graph, graph.Product(x, graph.Weight(cell.Kernel)), bias, 0), 3, last);
        var kernel = graph.Weight(cell.RecurrentKernel);
        if (cell.ResetAfter)
        {
            var states = graph.Split(Plus(graph, graph.Product(h, kernel), bias, 1), 3, last);
            var reset = Gate(graph.Plus(inputs[1], states[1]));
            return Mixed(Gate(graph.Plus(inputs[0], states[0])), graph.Plus(inputs[2], graph.Times(reset, states[2])));
        }

        var kernels = graph.Split(kernel, 3, 1);
        var r = Gate(graph.Plus(inputs[1], graph.Product(h, kernels[1])));
        return Mixed(
            Gate(graph.Plus(inputs[0], graph.Product(h, kernels[0]))), graph.Plus(inputs[2], graph.Product(graph.Times(r, h), kernels[2])));

        Value Gate(Value z) => Activations.Apply(graph, owner, cell.RecurrentActivation, z);

        (Value, IReadOnlyList<Value>) Mixed(Value update, Value candidate) => Same(graph.Plus(
            graph.Times(update, h),
            graph.Times(graph.Minus(graph.Number(1), update), Activations.Apply(graph, owner, cell.Activation, candidate))));
    }

    private static Value Gates(GraphBuilder graph, KernelCell cell, Value x, Value h)
    {
        var sum = graph.Plus(graph.Product(x, graph.Weight(cell.Kernel)), graph.Product(h, graph.Weight(cell.RecurrentKernel)));
        return cell.Bias is null ? sum : graph.Plus(sum, graph.Weight(cell.Bias));
    }

    /// <summary>As the gates of an LSTM, with convolutions for products.</summary>
    private static Value Gates(GraphBuilder graph, ConvLSTMCell cell, Value x, Value h)
    {
        var (kernel, recurrent) = (cell.Weights[0], cell.Weights[1]);
        var windows = cell switch
        {
            ConvLSTM1DCell one => new Windows(one.KernelSize, one.Strides, one.DilationRate, one.Padding),
            ConvLSTM2DCell two => new Windows(two.KernelSize, two.Strides, two.DilationRate, two.Padding),
            _ => throw new InvalidOperationException($"{cell.ClassName} has no windows."),
        };
        var ones = windows.Size.Select(_ => 1L).ToArray();
        return graph.Plus(
            Convolutions.Of(graph, x, kernel, cell.UseBias ? cell.Weights[2] : null, windows),
            Convolutions.Of(graph, h, recurrent, null, new Windows(windows.Size, ones, ones, "same")));
    }

    private static Value Plus(GraphBuilder graph, Value x, Value? biases, int row) =>
        biases is null ? x : graph.Plus(x, graph.At(biases, 0, row));

    private static (Value Output, IReadOnlyList<Value> States) Same(Value h) => (h, [h]);
}
