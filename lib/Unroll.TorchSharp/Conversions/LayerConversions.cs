using Unroll.Layers;
using Unroll.Models;
using Unroll.TorchSharp.Plans;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Which conversion belongs to which layer, and the plans made of them.</summary>
internal static class LayerConversions
{
    private static readonly Dictionary<Type, LayerConversion> Known = new()
    {
        [typeof(InputLayer)] = (_, _, inputs) => inputs,
        [typeof(Dense)] = PlainLayers.Dense,
        [typeof(Activation)] = PlainLayers.Activation,
        [typeof(ReLU)] = ElementLayers.ReLU,
        [typeof(LeakyReLU)] = ElementLayers.LeakyReLU,
        [typeof(ELU)] = ElementLayers.ELU,
        [typeof(Softmax)] = ElementLayers.Softmax,
        [typeof(Rescaling)] = ElementLayers.Rescaling,
        [typeof(Dropout)] = PlainLayers.Dropout,
        [typeof(Flatten)] = PlainLayers.Flatten,
        [typeof(Reshape)] = PlainLayers.Reshape,
        [typeof(Add)] = SmallLayers.Merge,
        [typeof(Concatenate)] = PlainLayers.Concatenate,
        [typeof(Conv1D)] = Convolutions.Conv1D,
        [typeof(MaxPooling1D)] = Convolutions.MaxPooling1D,
        [typeof(LSTM)] = Recurrent.Rnn,
        [typeof(RNN)] = Recurrent.Rnn,
        [typeof(GRU)] = Recurrent.Rnn,
        [typeof(SimpleRNN)] = Recurrent.Rnn,
        [typeof(Embedding)] = SmallLayers.Embedding,
        [typeof(RepeatVector)] = SmallLayers.RepeatVector,
        [typeof(Permute)] = SmallLayers.Permute,
        [typeof(GlobalAveragePooling1D)] = SmallLayers.GlobalAverage,
        [typeof(GlobalMaxPooling1D)] = SmallLayers.GlobalMax,
        [typeof(Subtract)] = SmallLayers.Merge,
        [typeof(Multiply)] = SmallLayers.Merge,
        [typeof(Average)] = SmallLayers.Merge,
        [typeof(Maximum)] = SmallLayers.Merge,
        [typeof(Minimum)] = SmallLayers.Merge,
        [typeof(AveragePooling1D)] = Convolutions.AveragePooling1D,
        [typeof(ZeroPadding1D)] = SequenceLayers.ZeroPadding1D,
        [typeof(Cropping1D)] = SequenceLayers.Cropping1D,
        [typeof(UpSampling1D)] = SequenceLayers.UpSampling1D,
        [typeof(GaussianNoise)] = SequenceLayers.Noise,
        [typeof(SpatialDropout1D)] = SequenceLayers.Noise,
        [typeof(LayerNormalization)] = SequenceLayers.LayerNormalization,
        [typeof(Attention)] = SequenceLayers.Attention,
        [typeof(AdditiveAttention)] = SequenceLayers.Attention,
        [typeof(LSTMCell)] = Cells.Steps,
        [typeof(StackedRNNCells)] = Cells.Steps,
        [typeof(Bidirectional)] = Directions.Bidirectional,
        [typeof(TimeDistributed)] = Nested.TimeDistributed,
        [typeof(Model)] = Nested.Model,
        [typeof(Sequential)] = Nested.Model,
    };

    /// <summary>What a layer does with its inputs.</summary>
    /// <exception cref="NotSupportedException">TorchSharp cannot express the layer or an argument; names both.</exception>
    public static IReadOnlyList<Value> Convert(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        if (TorchSharpConversions.Find(layer.GetType()) is { } own)
            return own(plan, layer, inputs);
        if (Known.TryGetValue(layer.GetType(), out var known))
            return known(plan, layer, inputs);
        if (layer is Model model)
            return Nested.Model(plan, model, inputs);
        throw new NotSupportedException(
            $"{layer.Name} ({layer.GetType().Name}) has no conversion to TorchSharp. Register one: " +
            $"TorchSharpConversions.Register<{layer.GetType().Name}>(layer => …), a function that gives an nn.Module.");
    }

    /// <summary>The plan of a whole model.</summary>
    public static Plan PlanOf(Model model)
    {
        var plan = new PlanBuilder();
        var graph = Nested.GraphOf(model);
        Value[] inputs = [.. graph.Inputs.Select(input => plan.Input(input.Layer.Name, input.Shape.Rank))];
        return plan.Finish(model.Name, Nested.Graph(plan, graph, inputs));
    }

    /// <summary>The parts of a layer that stands alone, for the sake of its weights.</summary>
    public static Plan PlanOf(Layer layer)
    {
        if (layer is Model model)
            return PlanOf(model);
        layer.CheckBuilt("its weights in TorchSharp");
        var plan = new PlanBuilder();
        var cells = layer as RNNCell;
        Value[] inputs = [.. Enumerable.Range(0, 1 + (cells?.StateSize.Count ?? 0)).Select(i => plan.Input($"input_{i}", cells is null ? 3 : 2))];
        return plan.Finish(layer.Name, Convert(plan, layer, inputs));
    }
}
