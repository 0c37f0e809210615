using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Which conversion belongs to which layer.</summary>
internal static class LayerConversions
{
    private static readonly Dictionary<Type, LayerConversion> Known = new()
    {
        [typeof(InputLayer)] = (_, _, inputs) => inputs,
        [typeof(Dense)] = Each(PlainLayers.Dense),
        [typeof(Activation)] = Each(PlainLayers.Activation),
        [typeof(Softmax)] = Each(Rectifiers.Softmax),
        [typeof(ReLU)] = Each(Rectifiers.ReLU),
        [typeof(LeakyReLU)] = Each(Rectifiers.LeakyReLU),
        [typeof(PReLU)] = Each(Rectifiers.PReLU),
        [typeof(ELU)] = Each(Rectifiers.ELU),
        [typeof(Rescaling)] = Each(PlainLayers.Rescaling),
        [typeof(Dropout)] = Each((_, _, x) => x),
        [typeof(SpatialDropout1D)] = Each((_, _, x) => x),
        [typeof(SpatialDropout2D)] = Each((_, _, x) => x),
        [typeof(GaussianNoise)] = Each((_, _, x) => x),
        [typeof(GaussianDropout)] = Each((_, _, x) => x),
        [typeof(ActivityRegularization)] = Each((_, _, x) => x),
        [typeof(Embedding)] = PlainLayers.Embedding,
        [typeof(Masking)] = PlainLayers.Masking,
        [typeof(Flatten)] = Each(Shapes.Flatten),
        [typeof(Reshape)] = Each(Shapes.Reshape),
        [typeof(Permute)] = Each(Shapes.Permute),
        [typeof(RepeatVector)] = Each(Shapes.RepeatVector),
        [typeof(UpSampling1D)] = Each(Shapes.UpSampling1D),
        [typeof(UpSampling2D)] = Each(Shapes.UpSampling2D),
        [typeof(ZeroPadding1D)] = Each(Shapes.ZeroPadding1D),
        [typeof(ZeroPadding2D)] = Each(Shapes.ZeroPadding2D),
        [typeof(Cropping1D)] = Each(Shapes.Cropping1D),
        [typeof(Conv1D)] = Each(Convolutions.Conv1D),
        [typeof(DepthwiseConv1D)] = Each(Convolutions.DepthwiseConv1D),
        [typeof(SeparableConv1D)] = Each(Convolutions.SeparableConv1D),
        [typeof(Conv2D)] = Each(Convolutions.Conv2D),
        [typeof(MaxPooling1D)] = Each(Poolings.Max1D),
        [typeof(MaxPooling2D)] = Each(Poolings.Max2D),
        [typeof(AveragePooling1D)] = Each(Poolings.Average1D),
        [typeof(AveragePooling2D)] = Each(Poolings.Average2D),
        [typeof(GlobalAveragePooling1D)] = Each(Poolings.GlobalAverage1D),
        [typeof(GlobalAveragePooling2D)] = Each(Poolings.GlobalAverage2D),
        [typeof(GlobalMaxPooling1D)] = Each(Poolings.GlobalMax1D),
        [typeof(GlobalMaxPooling2D)] = Each(Poolings.GlobalMax2D),
        [typeof(BatchNormalization)] = Each(Norms.Batch),
        [typeof(LayerNormalization)] = Each(Norms.Layer),
        [typeof(Normalization)] = Each(Norms.Given),
        [typeof(Add)] = Merges.Merge,
        [typeof(Subtract)] = Merges.Merge,
        [typeof(Multiply)] = Merges.Merge,
        [typeof(Average)] = Merges.Merge,
        [typeof(Maximum)] = Merges.Merge,
        [typeof(Minimum)] = Merges.Merge,
        [typeof(Concatenate)] = Merges.Concatenate,
        [typeof(Dot)] = DotProducts.Dot,
        [typeof(Attention)] = Attentions.Attention,
        [typeof(AdditiveAttention)] = Attentions.Attention,
        [typeof(MultiHeadAttention)] = MultiHeads.Attention,
        [typeof(LSTM)] = Recurrent.Layer,
        [typeof(GRU)] = Recurrent.Layer,
        [typeof(SimpleRNN)] = Recurrent.Layer,
        [typeof(RNN)] = Recurrent.Layer,
        [typeof(ConvLSTM1D)] = Recurrent.Layer,
        [typeof(ConvLSTM2D)] = Recurrent.Layer,
        [typeof(LSTMCell)] = Recurrent.Cell,
        [typeof(GRUCell)] = Recurrent.Cell,
        [typeof(SimpleRNNCell)] = Recurrent.Cell,
        [typeof(StackedRNNCells)] = Recurrent.Cell,
        [typeof(ConvLSTM1DCell)] = Recurrent.Cell,
        [typeof(ConvLSTM2DCell)] = Recurrent.Cell,
        [typeof(Bidirectional)] = Directions.Bidirectional,
        [typeof(TimeDistributed)] = Nested.TimeDistributed,
        [typeof(OperationLayer)] = OperationLayers.Operation,
        [typeof(Model)] = Nested.Model,
        [typeof(Sequential)] = Nested.Model,
    };

    /// <summary>Whether there is a conversion for layers of a class.</summary>
    public static bool IsKnown(Type type) => Known.ContainsKey(type);

    /// <summary>What a layer does with its inputs.</summary>
    /// <exception cref="NotSupportedException">ONNX cannot hold the layer, or an argument of it; names both.</exception>
    public static IReadOnlyList<Value> Convert(GraphBuilder graph, Layer layer, IReadOnlyList<Value> inputs)
    {
        if (!Known.TryGetValue(layer.GetType(), out var conversion))
            conversion = layer is Model ? Nested.Model : throw Unknown(layer);
        var outputs = graph.Within(layer, () => conversion(graph, layer, inputs));
        var shapes = layer.OutputShapes([.. inputs.Select(input => input.Shape)]);
        return [.. outputs.Zip(shapes, (output, shape) => output with { Shape = shape })];
    }

    /// <summary>A layer of one input and one output; it hands the mask on where the layer says so.</summary>
    private static LayerConversion Each(Func<GraphBuilder, Layer, Value, Value> convert) => (graph, layer, inputs) =>
        [convert(graph, layer, inputs[0]) with { Mask = layer.SupportsMasking ? inputs[0].Mask : null }];

    private static NotSupportedException Unknown(Layer layer) => layer is Lambda
        ? Refusal.Of(layer, "a function in C#", "Write it with Ops and operators on symbolic tensors, whose operations are known.")
        : Refusal.Of(layer, "a layer of this class", "Build the model of the library's layers, and of Ops on symbolic tensors.");
}
