namespace Unroll.Layers;

/// <summary>Zeros before and after a sequence: (batch, time, features) becomes (batch, before + time + after, features).</summary>
public sealed class ZeroPadding1D : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="padding">How many steps before and after: one number for both, or two. Default: 1.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public ZeroPadding1D(Pair? padding = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Padding = Arguments.NotNegative(padding ?? 1, Name, nameof(padding));
        InputSpec = InputSpec.Sequence;
    }

    /// <summary>How many steps before and after.</summary>
    public Pair Padding { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        long? length = inputShape.At(1) is { } time ? (long)time + Padding.First + Padding.Second : null;
        return inputShape.With(1, length is { } known ? Arguments.Length(known, Name, "the padded sequence") : null);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Pad(1, Padding.First, Padding.Second);
    }
}
