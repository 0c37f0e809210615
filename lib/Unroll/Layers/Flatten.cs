namespace Unroll.Layers;

/// <summary>Lays the axes after the batch axis out in one: (batch, a, b) becomes (batch, a·b).</summary>
public sealed class Flatten : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public Flatten(Shape? inputShape = null, string? name = null)
        : base(name, inputShape) => InputSpec = new InputSpec(MinRank: 1, Axes: "batch, …");

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        var sample = inputShape.From(1);
        if (!sample.IsKnown)
            return Shape.Create([inputShape.At(0), null]);
        return Shape.Create([inputShape.At(0), Arguments.Length(sample.LongSize, Name, $"{sample} laid out in one axis")]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Reshape(input.Shape[0], Arguments.Length(input.Shape.From(1).LongSize, Name, $"{input.Shape.From(1)} laid out in one axis"));
    }
}
