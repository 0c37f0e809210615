namespace Unroll.Layers;

/// <summary>
/// Repeats a vector over time: (batch, features) becomes (batch, n, features). It stands between an encoder, which gives one
/// vector, and a decoder, which wants a sequence.
/// </summary>
public sealed class RepeatVector : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="n">How many steps there are then.</param>
    /// <param name="inputShape">The shape of one sample, (features,), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">n is not positive.</exception>
    public RepeatVector(int n, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        N = Arguments.Positive(n, Name);
        InputSpec = new InputSpec(Rank: 2, Axes: "batch, features");
    }

    /// <summary>How many steps there are then.</summary>
    public int N { get; }

    internal override string Kind => $"{ClassName} · {N} steps";

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return Shape.Create([inputShape.At(0), N, inputShape.At(1)]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.ExpandDims(1).Repeated(ComputeOutputShape(input.Shape));
    }
}
