namespace Unroll.Layers;

/// <summary>
/// Repeats each pixel of a picture: (batch, rows, columns, channels) becomes (batch, rows · height, columns · width, channels).
/// </summary>
public sealed class UpSampling2D : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="size">How many times each row and each column is there then: one number for both, or two. Default: 2.</param>
    /// <param name="interpolation">What lies between pixels: <c>nearest</c>, the nearest one.</param>
    /// <param name="inputShape">The shape of one sample, (rows, columns, channels), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    /// <exception cref="NotSupportedException">Another interpolation.</exception>
    public UpSampling2D(Pair? size = null, string interpolation = "nearest", Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(interpolation);
        Size = Arguments.Positive(size ?? 2, Name, nameof(size));
        if (interpolation is not "nearest")
            throw new NotSupportedException($"{Name}: interpolation \"{interpolation}\" is not there; \"nearest\" is.");
        Interpolation = interpolation;
        InputSpec = InputSpec.Picture;
    }

    /// <summary>How many times each row and each column is there then.</summary>
    public Pair Size { get; }

    /// <summary>What lies between pixels: <c>nearest</c>.</summary>
    public string Interpolation { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return inputShape.With(1, Longer(inputShape.At(1), Size.First)).With(2, Longer(inputShape.At(2), Size.Second));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = ComputeOutputShape(input.Shape);
        var (batch, rows, columns, channels) = (shape[0], input.Shape[1], input.Shape[2], shape[3]);
        return input.Reshape(batch, rows, 1, columns, 1, channels)
            .Repeated(Shape.Of(batch, rows, Size.First, columns, Size.Second, channels))
            .Reshape([.. shape.Axes]);
    }

    private int? Longer(int? length, int times) =>
        length is { } known ? Arguments.Length((long)known * times, Name, "an axis of the larger picture") : null;
}
