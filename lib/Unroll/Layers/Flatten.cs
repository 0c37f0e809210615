namespace Unroll.Layers;

/// <summary>Lays the axes behind the batch axis out in one: (batch, a, b) becomes (batch, a·b).</summary>
public sealed class Flatten(Shape? inputShape = null, string? name = null) : Layer(name, inputShape)
{
    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var sample = inputShape.From(1);
        return Shape.Create([inputShape.At(0), sample.IsKnown ? sample.Size : null]);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Reshape(input.Shape[0], input.Shape.From(1).Size);
    }
}
