namespace Unroll.Layers;

/// <summary>Repeats each step of a sequence: (batch, time, features) becomes (batch, time · size, features).</summary>
public sealed class UpSampling1D : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="size">How many times each step is there then.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">size is not positive.</exception>
    public UpSampling1D(int size = 2, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Size = Arguments.Positive(size, Name);
        InputSpec = InputSpec.Sequence;
    }

    /// <summary>How many times each step is there then.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return inputShape.With(1, inputShape.At(1) is { } time ? Arguments.Length((long)time * Size, Name, "the longer sequence") : null);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = ComputeOutputShape(input.Shape);
        return input.ExpandDims(2).Repeated(Shape.Of(shape[0], input.Shape[1], Size, shape[2])).Reshape([.. shape.Axes]);
    }
}
