using Unroll.Layers;

namespace Unroll.Keras.Arrays.Torch;

/// <summary>
/// Weights of LSTM, GRU and simple cells from torch's. Torch's matrices are (gates·units, features), Keras' (features,
/// gates·units). Of gates, an LSTM has i, f, c, o in both; a GRU z, r, h in Keras and r, z, n in torch. Torch has two biases,
/// which it adds; Keras has their sum, but both of a GRU whose reset gate comes after the product, as torch's always does.
/// </summary>
internal static class TorchCells
{
    private const string GateOrder = "gates r, z, n as z, r, h";

    /// <summary>Why torch has no such cell; null where it has.</summary>
    public static string? Refusal(KernelCell cell) => cell switch
    {
        LSTMCell lstm => OfGates(lstm, lstm.RecurrentActivation),
        GRUCell { ResetAfter: false } => "its resetAfter is false; torch's GRU has the other equations",
        GRUCell gru => OfGates(gru, gru.RecurrentActivation),
        SimpleRNNCell { Activation.Name: "tanh" or "relu" } => null,
        _ => $"its activation is {cell.Activation}; torch has tanh and relu alone",
    };

    /// <param name="cell">The cell.</param>
    /// <param name="end">The end of the parameters' names: empty, or <c>_reverse</c>.</param>
    /// <param name="known">The weights with their paths.</param>
    public static IEnumerable<TorchWeight> Weights(KernelCell cell, string end, IReadOnlyDictionary<Variable, NamedWeight> known)
    {
        var isGru = cell is GRUCell;
        yield return Matrix(known[cell.Kernel], $"weight_ih{end}", isGru);
        yield return Matrix(known[cell.RecurrentKernel], $"weight_hh{end}", isGru);
        if (cell.Bias is null)
            yield break;
        var (bias, two, shape) = (known[cell.Bias], (string[])[$"bias_ih{end}", $"bias_hh{end}"], Shape.Of(cell.RecurrentKernel.Shape[1]));
        yield return isGru
            ? new TorchWeight(bias, two, shape, all => Tensor.Stack([.. all.Select(Reordered)]), $"a row each, {GateOrder}")
            : new TorchWeight(bias, two, shape, all => all[0] + all[1], "the sum of both");
    }

    private static TorchWeight Matrix(NamedWeight weight, string parameter, bool isGru)
    {
        var plain = TorchWeight.Turned(weight, parameter, 1, 0);
        return isGru ? plain with { Convert = all => Reordered(all[0].Transpose()), How = $"transposed, {GateOrder}" } : plain;
    }

    private static Tensor Reordered(Tensor gates)
    {
        var (r, z, n) = gates.Split(3, axis: -1);
        return Tensor.Concat([z, r, n], axis: -1);
    }

    private static string? OfGates(KernelCell cell, ActivationFunction recurrent) =>
        (cell.Activation.Name, recurrent.Name) is ("tanh", "sigmoid")
            ? null
            : $"its activations are {cell.Activation} and {recurrent}; torch has tanh and sigmoid alone";
}
