using Unroll.Layers;

namespace Unroll.Keras.Weights;

/// <summary>
/// The weights of CuDNNLSTM and CuDNNGRU, layers of Keras 2 for graphics cards, in the form of LSTM and GRU. NVIDIA's library has
/// the kernel of each gate transposed, and biases for input and state apart.
/// </summary>
internal static class CudnnWeights
{
    /// <summary>The values as the layer wants them; as they are where they are not of that library.</summary>
    public static IReadOnlyList<Tensor> Converted(Layer layer, IReadOnlyList<Variable> variables, IReadOnlyList<Tensor> values)
    {
        if (layer is Bidirectional both && values.Count == 6)
        {
            return
            [
                .. Converted(both.ForwardLayer, [.. variables.Take(3)], [.. values.Take(3)]),
                .. Converted(both.BackwardLayer, [.. variables.Skip(3)], [.. values.Skip(3)]),
            ];
        }

        // The bias tells: LSTM's is half as long, and GRU's has two rows.
        if (layer is not RNN { Cell: LSTMCell or GRUCell { ResetAfter: true } } rnn || values.Count != 3 || values[2].Rank != 1 ||
            variables[2].Shape == values[2].Shape)
            return values;
        var units = rnn.Cell.OutputSize;
        var gates = rnn.Cell is LSTMCell ? 4 : 3;
        if (values[2].Size != 2 * gates * units || values[0].Rank != 2 || values[1].Rank != 2)
            return values;
        return [Gates(values[0], gates, TransposedInPlace), Gates(values[1], gates, gate => gate.Transpose()), Bias(rnn, values[2], gates * units)];
    }

    private static Tensor Bias(RNN rnn, Tensor bias, int half) =>
        rnn.Cell is LSTMCell ? bias.Reshape(2, half).Sum(0) : bias.Reshape(2, half);

    private static Tensor Gates(Tensor kernel, int gates, Func<Tensor, Tensor> convert) =>
        Tensor.Concat([.. kernel.Split(gates, axis: 1).Select(convert)], axis: 1);

    /// <summary>The same numbers with rows and columns of the memory exchanged, the shape as it was.</summary>
    private static Tensor TransposedInPlace(Tensor gate) => gate.Reshape(gate.Shape[1], gate.Shape[0]).Transpose();
}
