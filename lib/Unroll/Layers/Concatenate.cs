namespace Unroll.Layers;

/// <summary>Joins several inputs along an axis, the last one unless told.</summary>
public sealed class Concatenate(int axis = -1, string? name = null) : Layer(name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        var first = inputShapes[0];
        var place = axis < 0 ? axis + first.Rank : axis;
        foreach (var shape in inputShapes)
        {
            if (shape.Rank != first.Rank || !shape.With(place, null).Accepts(first.With(place, null)))
                throw new ArgumentException($"{Name}: shapes {string.Join(", ", inputShapes)} may differ on axis {axis} alone.");
        }

        int? total = 0;
        foreach (var shape in inputShapes) total += shape.At(place);
        return [first.With(place, total)];
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ComputeOutputShapes([.. inputs.Select(input => input.Shape)]);
        return Tensor.Concat(inputs, axis);
    }
}
