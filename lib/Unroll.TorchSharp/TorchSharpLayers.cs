using TorchSharp;
using Unroll.TorchSharp;
using Unroll.TorchSharp.Conversions;
using Unroll.TorchSharp.Weights;

namespace Unroll.Layers;

/// <summary>Weights between layers and TorchSharp's modules, both ways.</summary>
public static class TorchSharpLayers
{
    /// <summary>
    /// Copies a layer's weights into the module of TorchSharp's that is like it: Dense into nn.Linear, Conv1D into nn.Conv1d,
    /// LSTM, RNN of LSTM cells and Bidirectional into nn.LSTM, GRU into nn.GRU, SimpleRNN into nn.RNN, LSTMCell into nn.LSTMCell,
    /// Embedding into nn.Embedding; a model into a module with the same
    /// names, such as its own <c>ToTorchSharp()</c>. Kernels are turned round. Keras has one bias where torch's LSTM adds two:
    /// the first takes it, and the second becomes zeros.
    /// </summary>
    /// <exception cref="ArgumentException">The module has no such parameter, or of another shape; nothing is changed then.</exception>
    /// <exception cref="InvalidOperationException">The layer has no weights yet.</exception>
    /// <exception cref="NotSupportedException">TorchSharp has no module like the layer; names the argument.</exception>
    public static void GiveWeightsTo(this Layer layer, torch.nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(module);
        TorchSharpNatives.Load();
        WeightTransfer.Give(WeightsOf(layer), module, layer.Name);
    }

    /// <summary>
    /// Takes over the weights of a module; the other way of <see cref="GiveWeightsTo"/>. Of the two biases of torch's LSTM the
    /// layer has the sum.
    /// </summary>
    /// <inheritdoc cref="GiveWeightsTo"/>
    public static void TakeWeightsFrom(this Layer layer, torch.nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(module);
        TorchSharpNatives.Load();
        WeightTransfer.Take(WeightsOf(layer), module, layer.Name);
    }

    /// <summary>A layer that is one module has that module's own keys; one that is several, and a model, has their names before them.</summary>
    private static IReadOnlyList<TorchSharpWeight> WeightsOf(Layer layer)
    {
        var plan = LayerConversions.PlanOf(layer);
        return layer is not Models.Model && plan.Parts.Count == 1 ? plan.Parts[0].Weights : plan.Weights;
    }
}
