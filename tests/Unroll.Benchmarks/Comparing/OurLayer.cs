using Unroll.Layers;

namespace Unroll.Benchmarks.Comparing;

/// <summary>A layer of a workload as a layer of Unroll. Weights follow: orthogonal ones, which take long to make, are not made.</summary>
internal static class OurLayer
{
    private const string NoWeights = "zeros";

    public static Layer Of(LayerShape shape, bool returnSequences, bool stateful) => shape.Kind switch
    {
        LayerKind.Conv => new Conv1D(shape.Units, shape.Size, padding: "same"),
        LayerKind.Embedding => new Embedding(shape.Inputs, shape.Units),
        LayerKind.Attention => new MultiHeadAttention(shape.Size, shape.Units / shape.Size),
        _ when shape.Bidirectional => new Bidirectional(Recurrent(shape, returnSequences, stateful)),
        _ => Recurrent(shape, returnSequences, stateful),
    };

    // Zeros where a mask passes over steps, as the peers give; where only the last output is kept, it is the last that is not masked.
    private static RNN Recurrent(LayerShape shape, bool returnSequences, bool stateful) => shape.Kind switch
    {
        LayerKind.Gru => new GRU(
            shape.Units,
            recurrentInitializer: NoWeights,
            returnSequences: returnSequences,
            stateful: stateful,
            zeroOutputForMask: returnSequences),
        LayerKind.Rnn => new SimpleRNN(
            shape.Units,
            recurrentInitializer: NoWeights,
            returnSequences: returnSequences,
            stateful: stateful,
            zeroOutputForMask: returnSequences),
        _ => new LSTM(
            shape.Units,
            recurrentInitializer: NoWeights,
            returnSequences: returnSequences,
            stateful: stateful,
            zeroOutputForMask: returnSequences),
    };
}
