using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;

namespace Unroll.TorchSharp.Conversions;

/// <summary>
/// nn.LSTM and nn.LSTMCell for cells of Unroll's. Keras' gates are i, f, c, o, and so are torch's; its kernels lie the other
/// way round, and where torch adds two biases Keras has one: the second stays zero.
/// </summary>
internal static class LstmParts
{
    /// <summary>One nn.LSTM of cells on top of each other, or of two directions.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="layer">The layer that it stands for.</param>
    /// <param name="cells">The cells, the first one nearest to the input; of two directions, the forward one first.</param>
    /// <param name="timeMajor">Whether time is the first axis.</param>
    /// <param name="bidirectional">Whether the cells are two directions.</param>
    public static Part Sequence(string name, Layer layer, IReadOnlyList<LSTMCell> cells, bool timeMajor, bool bidirectional)
    {
        var (features, units, bias) = (cells[0].Kernel.Shape[0], cells[0].Units, cells[0].UseBias);
        var layers = bidirectional ? 1 : cells.Count;
        var options = string.Concat(
            layers > 1 ? Invariant($", numLayers: {layers}") : "",
            bias ? "" : ", bias: false",
            timeMajor ? "" : ", batchFirst: true",
            bidirectional ? ", bidirectional: true" : "");
        return new Part(
            name,
            "LSTM",
            Invariant($"nn.LSTM({features}, {units}{options})"),
            () => torch.nn.LSTM(features, units, layers, bias, batchFirst: !timeMajor, bidirectional: bidirectional),
            [.. cells.SelectMany((cell, i) => Weights(cell, bidirectional ? i == 0 ? "_l0" : "_l0_reverse" : Invariant($"_l{i}")))],
            layer);
    }

    /// <summary>One nn.LSTMCell.</summary>
    public static Part Cell(string name, Layer layer, LSTMCell cell)
    {
        var (features, units, bias) = (cell.Kernel.Shape[0], cell.Units, cell.UseBias);
        return new Part(
            name,
            "LSTMCell",
            Invariant($"nn.LSTMCell({features}, {units}{(bias ? "" : ", bias: false")})"),
            () => torch.nn.LSTMCell(features, units, bias),
            [.. Weights(cell, "")],
            layer);
    }

    /// <summary>Makes sure that torch's equations are the cell's.</summary>
    /// <exception cref="NotSupportedException">They are not.</exception>
    public static LSTMCell Checked(PlanBuilder plan, Layer layer, RNNCell cell)
    {
        if (cell is not LSTMCell lstm)
        {
            throw Refusal.Of(
                layer,
                $"cell {cell.Name} ({cell.GetType().Name})",
                "it has no module for this kind of cell. Register one for the layer with TorchSharpConversions.");
        }

        if (lstm.Activation != ActivationFunction.Tanh)
            throw Refusal.Of(layer, $"activation \"{lstm.Activation.Name}\"", "its LSTM has tanh alone.");
        if (lstm.RecurrentActivation != ActivationFunction.Sigmoid)
            throw Refusal.Of(layer, $"recurrentActivation \"{lstm.RecurrentActivation.Name}\"", "its LSTM has sigmoid alone.");
        if (lstm.RecurrentDropout > 0)
        {
            plan.RefuseTraining(Refusal.Text(
                layer,
                Invariant($"recurrentDropout {lstm.RecurrentDropout}"),
                "its LSTM drops nothing of the state in training. Train with the managed engine."));
        }

        return lstm;
    }

    private static IEnumerable<TorchSharpWeight> Weights(LSTMCell cell, string end)
    {
        yield return new TorchSharpWeight(cell.Kernel, $"weight_ih{end}", 1, 0);
        yield return new TorchSharpWeight(cell.RecurrentKernel, $"weight_hh{end}", 1, 0);
        if (cell.Bias is { } bias)
            yield return new TorchSharpWeight(bias, $"bias_ih{end}") { AddedKey = $"bias_hh{end}" };
    }
}
