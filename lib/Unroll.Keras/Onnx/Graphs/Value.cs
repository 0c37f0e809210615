namespace Unroll.Keras.Onnx.Graphs;

/// <summary>A tensor of the graph: the wire that it comes on, its axes as far as they are known, and the mask that it bears.</summary>
/// <param name="Wire">The wire.</param>
/// <param name="Shape">The axes; those that each call brings are null.</param>
/// <param name="Mask">True for each step that counts; null where all do.</param>
internal sealed record Value(Wire Wire, Shape Shape, Value? Mask = null)
{
    public int Rank => Shape.Rank;

    /// <summary>The same tensor, for what knows nothing of masks.</summary>
    public Value Unmasked => Mask is null ? this : this with { Mask = null };
}
