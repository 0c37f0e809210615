namespace Unroll.Layers;

/// <summary>Cuts steps off both ends of a sequence: (batch, time, features) becomes (batch, time - before - after, features).</summary>
public sealed class Cropping1D : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="cropping">How many steps from the start and from the end: one number for both, or two. Default: 1.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public Cropping1D(Pair? cropping = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Cropping = Arguments.NotNegative(cropping ?? 1, Name, nameof(cropping));
        InputSpec = InputSpec.Sequence;
    }

    /// <summary>How many steps from the start and from the end.</summary>
    public Pair Cropping { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        if (inputShape.At(1) is not { } time)
            return inputShape;
        var left = time - (long)Cropping.First - Cropping.Second;
        return left > 0
            ? inputShape.With(1, (int)left)
            : throw new ArgumentException($"{Name}: cropping {Cropping} leaves nothing of {time} steps: {inputShape}. Use smaller numbers.");
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        ComputeOutputShape(input.Shape);
        return input[.., Cropping.First..^Cropping.Second];
    }
}
